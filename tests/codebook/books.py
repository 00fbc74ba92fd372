"""Codebooks as people write them: by hand, in many styles, with notes to themselves."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / "codebook.yaml").read_text("utf-8")

PLAIN = """\
codebook: Fairs
version: 3
themes:
  - id: funding
    name: Funding
    key: f
    colour: "#8a4b1f"
    definition: How money comes.
    include: [grants, contracts]
    codes:
      - id: grant-aid
        name: Grant aid
        look_for: [grant*, "core funding"]
        examples: ["P07 ¶12"]
        codes: []          # any depth
      - id: trading
        name: Trading
  - id: cohesion
    name: Cohesion
"""

STYLES = """\
# The book of the second year.
#   Talk to Amina before changing ids!
%s
codebook:   'Fairs, and "fêtes"'   # as in the bid
version: 2.10

themes:

# -- money ------------------------------------------------
-   id:   funding        # keep
    name: >-
        Commissioning,
        procurement
        and funding

    definition: |
      How money reaches people.

        - and on what terms

      See the guide.
    key: f
    include:    # from the pilot
    - grants   # small ones too
    - "tenders: all"

    - 'don''t forget loans'
    exclude:
    codes:

      # the oldest code
      - {id: grant-aid, name: "Grant aid", look_for: [grant*, 'core funding',]}

      - name: Trading     # name first, that is allowed
        id: trading
        definition:
          One that goes
          over lines.
        # nothing below

-   {id: cohesion, name: Cohesion, codes: [{id: bonding, name: Bonding}]}
# end of the book, no line after it""".replace("%s\n", "")

ALL = {
    "plain": PLAIN,
    "many styles": STYLES,
    "example": EXAMPLE,
    "with Windows line ends": PLAIN.replace("\n", "\r\n"),
    "styles with Windows line ends": STYLES.replace("\n", "\r\n"),
    "with a byte order mark": "\ufeff" + PLAIN,
    "with old Mac line ends": PLAIN.replace("\n", "\r"),
}
"""Name to text."""

BY_HAND = {name: text for name, text in ALL.items() if text != EXAMPLE}
"""The short ones, which can be written a hundred times."""
