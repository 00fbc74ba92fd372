"""Studies of odd shapes in real projects: nobody, one case, no coding, many codes, nasty words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from services.study import BY, CODEBOOK, bring_in, dialogue, new_store, tick, write

from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store

NASTY = (
    "A control \x07 sign, a \x0b tab, a null \x00 and an escape \x1b[31m.",
    "An open \u202ereversal, an isolate \u2067 and an embedding \u202b that nobody closes.",
    "The end of a section ]]> and <![CDATA[ its beginning, <b>bold</b> &amp; &lt;.",
    "{{ title }} and {% for x in y %} stand for nothing, and ${HOME} neither.",
    "<?qualcode front?> and <?qualcode theme-1?> are marks of nobody's.",
    "=cmd|' /C calc'!A0",
    "+44 is no sum, -1 is no formula, @SUM(A1) is no name.",
    "W" * 320,
    "word and word and " * 3334,
    "שלום, אני גר כאן. مرحبا بكم. 我们都去了集市。 👩‍👩‍👧‍👦 e\u0301.",
    "Tabs\tand\u2028lines\u2029and \u0085 ends, \ufffe and \ufffd.",
    "_x000D_ is no carriage return, 'tis no apostrophe, and “quoted” is ‘quoted’.",
)
"""What people say, or what stands in a file, that a document could stumble over."""

FORMULA = "=cmd()"
_ONE_THEME = """\
codebook: Many
version: 1
themes:
  - id: many
    name: Many
    codes:
"""
_NAMES = ("Ada Northcote", "Bo Southwell", "Cy Eastlake")
_HEAD = "interview_id,file,participant,name,role,organisation,place,stakeholder,attribution,date\n"


def no_interview(folder: Path) -> Store:
    """A project with a codebook, and nothing else."""
    return new_store(folder)


def one_case(folder: Path) -> Store:
    """Somebody said one thing."""
    return _study(folder, {"P01": ["We all came to the fair."]}, {"P01": ["cohesion/bonding"]})


def no_coding(folder: Path) -> Store:
    """Three people spoke, and nobody has coded."""
    said = {f"P0{number}": ["We came.", "We stayed."] for number in (1, 2, 3)}
    return _study(folder, said, {})


def codes_of_one_theme(number: int) -> Callable[[Path], Store]:
    """A theme of so many codes, of which every other has a passage in the first interview."""

    def make(folder: Path) -> Store:
        codes = "".join(f"      - id: code-{at}\n        name: Code {at}\n" for at in range(number))
        book = f"{_ONE_THEME}{codes}"
        said = {
            "P01": [f"This is about number {at}." for at in range(number)],
            "P02": ["This is about all."],
        }
        coded: dict[str, Sequence[str | None]] = {
            "P01": [f"many/code-{at}" if at % 2 else None for at in range(number)],
            "P02": ["many/code-3"],
        }
        return _study(folder, said, coded, book=book)

    return make


def nasty_words(folder: Path) -> Store:
    """Words that could be taken for something else, in speech and in what is known of people."""
    codes = ("funding/grant-aid", "funding/trading", "cohesion/bonding", "cohesion/bridging")
    said = {"P01": NASTY, "P02": NASTY[::-1], "P03": [NASTY[0]]}
    coded = {
        who: [codes[at % len(codes)] for at in range(len(words))] for who, words in said.items()
    }
    people = {
        "P01": f"Sam Lee,{FORMULA},{FORMULA},Marle,@council,named,2024-03-12",
        "P02": "Sam Lee,]]> & <b>,{{ office }},Marle,=1+1,named,2024-03-13",
        "P03": "Kim Roe,-chair,+plus,Wenbury,@council,role-organisation,2024-03-14",
    }
    return _study(folder, said, coded, people=people)


def _study(
    folder: Path,
    said: Mapping[str, Sequence[str]],
    coded: Mapping[str, Sequence[str | None]],
    *,
    book: str = CODEBOOK,
    people: Mapping[str, str] | None = None,
) -> Store:
    """Each answer an own turn, with the code that stands at its number."""
    store = new_store(folder, codebook=book)
    known = people or {
        who: f"{_NAMES[at]},Resident,,{('Marle', 'Wenbury')[at % 2]},community,role,2024-03-1{at}"
        for at, who in enumerate(said)
    }
    rows = "".join(f"{who},{who}.txt,{who},{known[who]}\n" for who in said)
    files = write(folder / "files", {f"{who}.txt": dialogue(who, *said[who]) for who in said})
    write(files, {"m.csv": _HEAD + rows})
    assert bring_in(store, manifest=files / "m.csv").written
    for who, codes in coded.items():
        for number, code in enumerate(codes, 1):
            if code is not None:
                place = Place(turns=(2 * number, 2 * number))
                coding.tag(store, who, code, place, by=BY, at=tick())
    return store


STUDIES: Mapping[str, Callable[[Path], Store]] = {
    "no interview": no_interview,
    "one case": one_case,
    "no coding": no_coding,
    "62 codes": codes_of_one_theme(62),
    "63 codes": codes_of_one_theme(63),
    "nasty words": nasty_words,
}
