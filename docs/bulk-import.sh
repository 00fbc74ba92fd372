#!/bin/sh
# The output of a speech engine in, a coded project and its matrix out; run it as often as you like:
#   sh bulk-import.sh STUDY FOLDER MANIFEST.csv CODEBOOK.yaml CODINGS.csv
# The table of codings goes in once, which the empty file STUDY/coded says: then they are people's.
set -eu
ls "$1"/*.qualcode > /dev/null 2>&1 || qualcode new "$1" --codebook "$4"
export QUALCODE_PROJECT="$1" QUALCODE_CODER=script
qualcode import "$2" --manifest "$3" --yes
[ -e "$1/coded" ] || [ ! -e "$5" ] || { qualcode tag --from "$5"; : > "$1/coded"; }
qualcode matrix -o "$1/matrix.docx"
