"""One interview with two people and a neighbour, with codings that overlap from one to another."""

from __future__ import annotations

import re
from pathlib import Path

from services.study import bring_in, new_store, tick, write

from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store

TALK = """\
I: What came?

Ann: A grant came to us here.

Bob: And it paid for tea and bread.

I: And then?

Neighbour: Then the rain came down.

Ann: We sat it out with Bob.
"""
MANIFEST = """\
interview_id,file,participant,speaker,name,role,organisation,place,attribution,date
J1,j.txt,P01,Ann,Zed Quorander,Clerk,Hall,Marle,named,2024-03-04
J1,j.txt,P02,Bob,Bea Lundquist,Chair,Mill,Ashmere,role-organisation,2024-03-04
"""
SAID = {
    "I": "",
    "Ann": "Quorander, Zed, Clerk, Hall, interviewed 4 March 2024",
    "Bob": "Chair, Mill, interviewed 4 March 2024",
    "Neighbour": "Anonymous participant",
}
"""How the words of each are cited; questions beside answers are not."""


def joint_talk(folder: Path) -> Store:
    """Stretches of three words coded by one, and of eight and thirteen by two others."""
    store = new_store(folder)
    files = {"j.txt": TALK, "m.csv": MANIFEST}
    assert bring_in(store, manifest=write(folder / "in", files) / "m.csv").written
    with store.reading() as session:
        corpus = Corpus(session)
        (text,) = corpus.texts(corpus.transcripts).values()
    words = [(one.start(), one.end()) for one in re.finditer(r"\S+", text.text)]
    for length in (3, 8, 13):
        for at in range(0, len(words) - length + 1, 2):
            place = Place(span=(words[at][0], words[at + length - 1][1]))
            coding.tag(store, "J1", "bonding", place, by=f"coder {length}", at=tick())
    return store
