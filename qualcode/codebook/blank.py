"""The codebook that a new project begins with: no code yet, and a model to follow."""

from __future__ import annotations

from qualcode.codebook.spelling import quoted

_BLANK = """\
# The codebook: the codes that go on passages, and what each of them means.
#
# A theme is a column of the matrix; the codes below it are what you tag with. An id is made of
# small letters, digits and hyphens, and stays as it is once passages are coded with it.
# See what a change would do with: qualcode codebook diff
# Bring the project in line with:  qualcode codebook apply
codebook: {name}
version: 1
themes:
# Below is a model: take the # and the blank after it away, and write your own.
#   - id: meeting-places
#     name: Meeting places
#     key: f                        # one letter that opens the theme in the coding screen
#     colour: "#1f5a7a"
#     definition: Where people come together, and what brings them there.
#     include: [markets, school gates]
#     exclude: [meetings held online]
#     codes:                        # as many as you need, and codes below codes
#       - id: fairs
#         name: Fairs
#         definition: Days on which a whole place turns out.
#         look_for: [fair*, "market day"]
#         examples: ["P07 ¶12"]
#   - id: getting-about
#     name: Getting about
"""


def blank_codebook(name: str) -> str:
    """The text of a codebook.yaml without codes, for a study of this name."""
    return _BLANK.format(name=quoted(name))
