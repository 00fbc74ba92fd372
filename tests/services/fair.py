"""A small coded study with a withheld participant, for the screens that show codes and passages."""

from __future__ import annotations

from pathlib import Path

from services.study import BY, CODEBOOK, bring_in, new_store, tick, write

from qualcode.model.coding import MemoType
from qualcode.services import memos
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store

OTHER = "tomasz"

COMMENTS = ("# Agreed in May.", "# Not loans.")
BOOK = CODEBOOK.replace("themes:", f"{COMMENTS[0]}\nthemes:").replace(
    "      - id: trading", f"      {COMMENTS[1]}\n      - id: trading"
)
"""A codebook with remarks that no change on the screen may lose."""

_P01 = """\
I: Who pays for the tent?

Ama: The grant paid for the tent, and it leaked.

And then we all patched it together.

I: And now?

Ama: Now we fundraise, we fund it by cake.
"""
_P02 = """\
I: And you?

Bea: Still zanzibar, every year.
"""
_P03 = """\
WEBVTT

00:00:01.000 --> 00:00:04.000
<v Interviewer>What does the council do about the grant?

00:01:05.000 --> 00:01:09.000
<v P03>The council gives a grant every spring.
"""
_MANIFEST = """\
interview_id,file,participant,name,role,organisation,place,attribution,date,strand
P01,P01.txt,P01,Ama Boateng,Organiser,The Hall,Marle,role,2024-03-12,case study
P02,P02.txt,P02,Bea Holt,Smuggler,The Lighthouse,Saltmarsh,withheld,2024-03-13,secret
P03,P03.vtt,P03,Cem Ay,Officer,The Council,Wenbury,named,2024-03-14,follow-up
"""
_CODED = (
    ("P01", "grant-aid", "The grant paid for the tent", BY),
    ("P01", "small-grants", "The grant paid for the tent", OTHER),
    ("P01", "bonding", "we all patched it together", BY),
    ("P01", "funding", "we fund it by cake", BY),
    ("P02", "funding", "Still zanzibar", BY),
    ("P03", "grant-aid", "The council gives a grant every spring.", OTHER),
)


def new_fair(folder: Path) -> Store:
    """The study in a folder, with its codebook.yaml; open."""
    store = new_store(folder, codebook=BOOK)
    files = folder / "files"
    write(files, {"P01.txt": _P01, "P02.txt": _P02, "P03.vtt": _P03, "m.csv": _MANIFEST})
    assert bring_in(store, manifest=files / "m.csv").written
    for transcript, code, quote, coder in _CODED:
        doubt = code == "bonding"
        coding.tag(store, transcript, code, Place(quote=quote), doubt=doubt, by=coder, at=tick())
    memos.add_memo(store, "grant-aid", "Ask who decides.", type=MemoType.NOTE, by=BY, at=tick())
    return store


def noted(fair: Store) -> None:
    """One coding more in the study, with a memo on it."""
    place = Place(quote="Now we fundraise")
    coding.tag(fair, "P01", "bridging", place, memo="Odd, this.", by=BY, at=tick())
