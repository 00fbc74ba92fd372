"""Somebody who withdraws, in a study of two: their words, what rests on them, and where to look."""

from __future__ import annotations

from typing import Any

from services.study import BY, dialogue, tick

from qualcode.model.coding import Segment
from qualcode.model.consent import Audience, Export, Shown
from qualcode.model.summary import Summary, SummaryStatus
from qualcode.services import withdrawing
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store

SECRET = ("Quetzalline", "Ostrander", "windmillish", "thimblerig", "Thimblerig")
"""Words of P17 alone, and their name: none of them may be left."""

MANIFEST = """\
interview_id,file,participant,name,role,place,attribution,date,speaker,hobby
Quetzalline,Quetzalline.txt,P17,Quetzalline Ostrander,Thimblerig maker,Marle,role,2024-03-04,\
Quetzalline,thimblerig
other,other.txt,P18,Bea Munn,Chair,Marle,named,2024-03-05,Bea,tea
"""

SAID = dialogue(
    "Quetzalline", "The windmillish hall was ours.", "A grant came, thimblerig and all."
)
OTHER = dialogue("Bea", "I know Quetzalline Ostrander.", "We sell tea, and Ostrander pays.")
SHARED = dialogue("P17", "Both of us.") + "\n" + dialogue("P18", "All of us.")

LEFT = Export(
    "e1",
    "2024-06-01T09:00:00",
    BY,
    "matrix.docx",
    "docx",
    Audience.TEAM,
    "",
    3,
    {"P17": frozenset({Shown.ROLE, Shown.MONTH})},
)


def tag(store: Store, transcript: str, quote: str, *, memo: str | None = None) -> Segment:
    place = Place(quote=quote)
    return coding.tag(
        store, transcript, "grant-aid", place, by=BY, at=tick(), memo=memo
    ).coding.segment


def summary(kind: str, case: str, *links: Segment) -> Summary:
    words = "They sell tea." if case in ("Marle", "P18") else "Thimblerig, mostly."
    return Summary(
        kind, case, "funding", words, SummaryStatus.FINAL, BY, "2024-05-01T09:00:00", links
    )


def erase(store: Store, code: str = "P17", **more: Any) -> withdrawing.Withdrawal:
    return withdrawing.erase(store, code, by=BY, at=tick(), **more)


def words_in(store: Store) -> set[str]:
    """Which of the secret words the files of a project hold, byte for byte."""
    assert store.path is not None
    files = [path for path in store.path.parent.iterdir() if path.is_file()]
    assert len(files) >= 2
    return {
        word
        for word in SECRET
        for path in files
        for form in (word, word.lower())
        if form.encode() in path.read_bytes() or form.encode("utf-16-le") in path.read_bytes()
    }
