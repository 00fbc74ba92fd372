"""A correction that gives words to another speaker: nothing goes along with them unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.study import BY, bring_in, listing_text, tick, write

from qualcode.model.coding import MemoType
from qualcode.model.people import Role, Speaker
from qualcode.model.spans import Span, Turn
from qualcode.services import listing, memos
from qualcode.services.consent.attribution import Consent
from qualcode.services.correction import reviewing
from qualcode.services.correction.carrying import Revision
from qualcode.services.correction.voices import Respoken, Voices
from qualcode.services.intake.importing import ImportReport
from qualcode.services.places import PlacedText
from qualcode.services.retrieval import retrieving
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.queries import StoredText
from qualcode.store.store import Store
from qualcode.text.anchoring import Anchored, Outcome

HEAD = "interview_id,file,participant,name,attribution,speaker\n"
SECRET = "My words are my own and not for all to read."
LOUD = "I say it loud and with my name to it."
TALK = f"""\
I: Who was there?

Speaker 2: {SECRET}

I: And then?

Speaker 3: {LOUD}

I: And after that?

Speaker 2: More of it, for nobody.

I: Anything else?

Speaker 3: Loud again, as before.
"""
EXCHANGED = (
    TALK.replace("Speaker 2", "@").replace("Speaker 3", "Speaker 2").replace("@", "Speaker 3")
)
OPENED = "withheld-opened"


def quoted(store: Store) -> list[tuple[str, str]]:
    return [(one.text, one.attribution) for one in retrieving.quotes(store).quotations]


def tag(store: Store, words: str) -> None:
    coding.tag(store, "A", "bonding", Place(quote=words), by=BY, at=tick())


def codes_of(report: ImportReport) -> set[str]:
    return {warning.code for warning in report.warnings}


def outcomes(revision: Revision) -> list[tuple[Outcome, bool]]:
    return [(one.outcome, one.other_speaker) for one in revision.carryings]


@pytest.fixture
def talk(store: Store, folder: Path) -> Store:
    """An interview of two, of whom the first withdrew, and both are coded."""
    files = {
        "A.txt": TALK,
        "m.csv": HEAD
        + "A,A.txt,P01,Maria Quiet,withheld,Speaker 2\nA,A.txt,P02,John Loud,named,Speaker 3\n",
    }
    assert bring_in(store, manifest=write(folder, files) / "m.csv").written
    tag(store, SECRET[:-1])
    tag(store, LOUD[:-1])
    return store


def correct(store: Store, folder: Path, text: str) -> ImportReport:
    return bring_in(store, write(folder, {"A.txt": text}) / "A.txt", yes=True)


def test_codings_wait_where_labels_were_exchanged(talk: Store, folder: Path) -> None:
    assert quoted(talk) == [(LOUD[:-1], "Loud, John")]
    report = correct(talk, folder, EXCHANGED)

    (revision,) = report.revisions
    assert outcomes(revision) == [(Outcome.CHECK, True), (Outcome.CHECK, True)]
    assert quoted(talk) == []
    assert [one.new for one in reviewing.waiting(talk)] == [SECRET[:-1], LOUD[:-1]]


def test_words_however_alike_are_not_accepted_in_bulk_where_another_speaks(
    talk: Store, folder: Path
) -> None:
    correct(talk, folder, EXCHANGED)
    waits = reviewing.waiting(talk)
    assert {one.likeness for one in waits} == {100}
    assert reviewing.proposals(waits, at_least=100) == ()
    assert len(reviewing.proposals(waits)) == 2


def test_the_report_counts_turns_of_another_and_warns_of_those_that_open(
    talk: Store, folder: Path
) -> None:
    report = correct(talk, folder, EXCHANGED)

    assert report.revisions[0].respoken == Respoken(turns=4, opened=2)
    (warning,) = [one for one in report.warnings if one.code == OPENED]
    assert warning.message.startswith("2 turns that were to leave in nothing")
    assert warning.file.endswith("A.txt")


def test_words_put_right_do_not_hide_that_another_speaks_them(talk: Store, folder: Path) -> None:
    text = EXCHANGED.replace("my own and not for all", "my own, and not for you all")
    report = correct(talk, folder, text)
    assert report.revisions[0].respoken == Respoken(turns=4, opened=2)
    assert quoted(talk) == []


def test_one_label_for_another_of_the_same_person_carries_all(talk: Store, folder: Path) -> None:
    before = quoted(talk)
    listing.set_speaker(talk, "A", "Speaker 3", role=Role.PARTICIPANT, by=BY, at=tick())
    write(
        folder,
        {
            "A.txt": TALK.replace("Speaker 3", "John"),
            "m.csv": HEAD
            + "A,A.txt,P01,Maria Quiet,withheld,Speaker 2\nA,A.txt,P02,John Loud,named,John\n",
        },
    )
    report = bring_in(talk, manifest=folder / "m.csv", yes=True)

    (revision,) = report.revisions
    assert outcomes(revision) == [(Outcome.CARRIED, False), (Outcome.CARRIED, False)]
    assert revision.respoken == Respoken()
    assert OPENED not in codes_of(report)
    assert quoted(talk) == before != []


def test_a_withheld_turn_that_goes_to_nobody_known_stays_closed(talk: Store, folder: Path) -> None:
    report = correct(talk, folder, TALK.replace("Speaker 2", "Speaker 4"))
    assert report.revisions[0].respoken == Respoken(turns=2, opened=0)
    assert OPENED not in codes_of(report)


def test_the_same_sentence_of_another_is_proposed_and_not_taken(store: Store, folder: Path) -> None:
    same = "We all came to the fair and stayed until the end."
    text = (
        f"I: Who was there on that day?\n\nAnn: {same}\n\nBob: {same}\n\n"
        "I: And what came then?\n\nAnn: Something else.\n\nBob: Something other.\n"
    )
    rows = "A,A.txt,P01,Ann Quiet,anonymous,Ann\nA,A.txt,P02,Bob Loud,named,Bob\n"
    write(folder, {"A.txt": text, "m.csv": HEAD + rows})
    bring_in(store, manifest=folder / "m.csv")
    start = listing_text(store, "A").index(same)
    place = Place(span=(start, start + len(same)))
    coding.tag(store, "A", "bonding", place, by=BY, at=tick())
    assert quoted(store) == [(same, "Anonymous participant")]

    report = correct(store, folder, text.replace(f"Ann: {same}\n\n", ""))

    assert outcomes(report.revisions[0]) == [(Outcome.CHECK, True)]
    assert report.revisions[0].respoken == Respoken()  # hers went, and his is his
    assert quoted(store) == []


def test_a_memo_on_a_bare_passage_does_not_go_to_another(talk: Store, folder: Path) -> None:
    start = listing_text(talk, "A").index(SECRET)
    memos.add_memo(
        talk, f"A:{start}:{start + 8}", "ask again", type=MemoType.QUERY, by=BY, at=tick()
    )
    (before,) = [one.memo.target for one in memos.list_memos(talk)]

    correct(talk, folder, EXCHANGED)

    assert [one.memo.target for one in memos.list_memos(talk)] == [before]


# -- two versions side by side --------------------------------------------------------------------

P01, P02 = (Speaker(code, Role.PARTICIPANT, code) for code in ("P01", "P02"))
CAST = {"P01": P01, "P02": P02, "Ann": P01, "I": Speaker("I", Role.INTERVIEWER)}


def text_of(*turns: tuple[str | None, str]) -> PlacedText:
    """A version with these labels and words."""
    found, words = [], ""
    for n, (label, said) in enumerate(turns, 1):
        words += "\n\n" * bool(words)
        found.append(Turn(n, len(words), len(words) + len(said), label))
        words += said
    return PlacedText("A", StoredText(words[:8], words, tuple(found), ()))


def voices(old: PlacedText, new: PlacedText) -> Voices:
    return Voices(old, new, CAST)


def test_a_label_spelt_otherwise_is_the_same_voice() -> None:
    old, new = text_of(("P01", "We came.")), text_of(("Ann", "We came."))
    anchored = Anchored(Outcome.CARRIED, Span(0, 7), 100.0)
    assert voices(old, new).checked(Span(0, 7), anchored) == anchored


def test_a_passage_that_takes_in_another_speaker_is_to_be_looked_at() -> None:
    old = text_of(("P01", "We came and stayed."), ("P02", "Yes."))
    new = text_of(("P01", "We came"), ("I", "Hm."), ("P01", "and stayed."), ("P02", "Yes."))
    whole = Anchored(Outcome.ADJUSTED, Span(0, 24), 93.0)
    assert voices(old, new).checked(Span(0, 19), whole).outcome is Outcome.CHECK
    first = Anchored(Outcome.CARRIED, Span(0, 7), 100.0)
    assert voices(old, new).checked(Span(0, 7), first) == first


def test_a_few_words_parted_from_a_long_turn_are_counted() -> None:
    long = "We came to the fair and stayed until the very end of it, all of us together."
    head, tail = long[:52], long[53:]
    old = text_of(("P01", long), ("P02", "Yes."))
    new = text_of(("P01", head), ("P02", f"{tail} Yes."))
    assert voices(old, new).respoken(Consent({}, {}), ()) == Respoken(turns=1)


def test_turns_cut_otherwise_are_nobody_elses() -> None:
    old = text_of(("P01", "We came to the fair and stayed."), ("I", "Hm."), ("P01", "Yes."))
    new = text_of(("P01", "We came to the fair"), ("P01", "and stayed."), ("I", "Hm, yes?"))
    assert voices(old, new).respoken(Consent({}, {}), ("P01",)) == Respoken()


def test_turns_without_words_or_labels_are_counted_for_nobody() -> None:
    old = text_of((None, ""), (None, "We came to the fair."), ("P01", "Yes, we did."))
    new = text_of((None, "We came to the fair, all."), ("P01", ""), ("P01", "Yes, we did."))
    assert voices(old, new).respoken(Consent({}, {}), ("P01",)) == Respoken()
