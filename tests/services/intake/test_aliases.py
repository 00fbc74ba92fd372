"""Speakers under several labels: accepted one by one or from a table, kept, and taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from services.study import BY, bring_in, take_in, tick, write

from qualcode import errors
from qualcode.model.people import Role, Speaker
from qualcode.services import listing, people
from qualcode.services.intake import aliases, importing
from qualcode.services.retrieval import retrieving
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.services.work.coding_session import CodingSession
from qualcode.store import log, speaking
from qualcode.store.store import Store, open_store

SLIPPED = "Chercheur: Et alors ?\n\nAma: La fête.\n\nChecheur: Puis ?\n\nAma: On dansait.\n"
HEARD = "Chercheur: Et alors ?\n\nBea: La fête.\n\nChercheur: Puis ?\n\nBea: On dansait.\n"


@pytest.fixture
def fair(store: Store, folder: Path) -> Store:
    """Two interviews; in the first the interviewer is written in two ways."""
    assert bring_in(store, write(folder, {"P01.txt": SLIPPED, "P02.txt": HEARD})).written
    return store


def labels(store: Store, name: str = "P01") -> list[str | None]:
    return [turn.speaker for turn in listing.show_transcript(store, name).text.turns]


def same(store: Store, label: str, same_as: str, name: str = "P01") -> Speaker:
    return listing.set_speaker(store, name, label, same_as=same_as, by=BY, at=tick())


def apply(store: Store, path: Path, text: str) -> int:
    """Apply a table of spellings; returns how many records changed."""
    path.write_text(text, encoding="utf-8")
    table = aliases.read_aliases(path)
    with store.act("import", by=BY, at=tick()) as act:
        act.ensure(aliases.said_by(act.session, table).records)
        return act.changed


def mistakes(store: Store, path: Path, text: str) -> list[str]:
    with pytest.raises(errors.SeveralErrors) as caught:
        apply(store, path, text)
    return [str(error).replace(str(path), "") for error in caught.value.errors]


def test_a_slip_is_proposed_until_it_is_accepted(fair: Store) -> None:
    assert aliases.suggestions(fair) == (aliases.Suggestion("P01", "Checheur", "Chercheur", 94.1),)
    assert aliases.suggestions(fair, "P02") == ()

    same(fair, "Checheur", "Chercheur")

    assert aliases.suggestions(fair) == ()


def test_who_says_a_spelling_says_nothing_else_of_the_label_nor_the_other_way_round(
    fair: Store,
) -> None:
    same(fair, "Checheur", "Chercheur")
    assert kinds_of_the_latest_act(fair) == {"spelling"}
    listing.set_speaker(fair, "P01", "Checheur", role=Role.OTHER, by=BY, at=tick())
    assert kinds_of_the_latest_act(fair) == {"speaker"}
    same(fair, "Checheur", "")
    assert kinds_of_the_latest_act(fair) == {"spelling"}


def kinds_of_the_latest_act(store: Store) -> set[str]:
    """Of which kinds of record something was said."""
    with store.reading() as session:
        events = list(log.read(session))
    return {event.kind for event in events if event.act == events[-1].act}


def test_an_accepted_spelling_is_one_speaker_everywhere(fair: Store) -> None:
    words = listing.show_transcript(fair, "P01").text.text
    assert same(fair, "Checheur", "Chercheur").same_as == "Chercheur"

    shown = listing.show_transcript(fair, "P01")
    assert labels(fair) == ["Chercheur", "Ama"] * 2
    assert shown.text.text == words
    assert [(s.label, s.turns, s.spellings) for s in shown.record.speakers] == [
        ("Chercheur", 2, ("Checheur",)),
        ("Ama", 2, ()),
    ]
    asked = retrieving.search(fair, "puis", role=Role.INTERVIEWER).hits
    assert [hit.transcript for hit in asked] == ["P01", "P02"]
    session = CodingSession.open(fair, "P01", coder=BY)
    assert {turn.speaker for turn in session.text.turns} == {"Chercheur", "Ama"}
    assert set(session.speakers) == {"Chercheur", "Ama"}


def test_codings_on_a_slipped_turn_stay_where_they_are(fair: Store) -> None:
    done = coding.tag(fair, "P01", "trading", Place(turns=(3, 3)), by=BY, at=tick())
    same(fair, "Checheur", "Chercheur")
    quoted = retrieving.quotes(fair).quotations

    assert [(q.coding, q.start, q.end) for q in quoted] == [
        (done.coding.uid, done.coding.segment.start, done.coding.segment.end)
    ]


def test_an_empty_word_and_an_undo_take_a_spelling_back(fair: Store) -> None:
    before = labels(fair)
    same(fair, "Checheur", "Chercheur")
    coding.undo(fair, by=BY, at=tick())
    assert labels(fair) == before
    same(fair, "Checheur", "Chercheur")
    assert labels(fair) != before

    same(fair, "Checheur", "")

    assert labels(fair) == before


def test_a_label_that_is_misspelt_all_through_can_have_another(fair: Store) -> None:
    same(fair, "Ama", "Mrs. Boateng")

    assert labels(fair) == ["Chercheur", "Mrs. Boateng", "Checheur", "Mrs. Boateng"]


def test_the_last_word_holds_where_two_labels_are_said_to_be_each_other(fair: Store) -> None:
    same(fair, "Checheur", "Chercheur")
    same(fair, "Chercheur", "Checheur")

    assert labels(fair) == ["Checheur", "Ama"] * 2


def test_what_is_said_of_a_spelling_is_said_of_its_label(fair: Store) -> None:
    same(fair, "Checheur", "Chercheur")
    who = listing.set_speaker(fair, "P01", "Checheur", role=Role.OTHER, by=BY, at=tick())

    assert who == Speaker("Chercheur", Role.OTHER)
    assert labels(fair) == ["Chercheur", "Ama"] * 2
    shown = listing.show_transcript(fair, "P01").record
    assert [(s.label, s.role) for s in shown.speakers] == [("Chercheur", "other"), ("Ama", "other")]


def test_a_participant_of_a_spelling_can_be_taken_from_its_label(fair: Store) -> None:
    people.set_participant(fair, "P01", {"place": "Marle"}, new=True, by=BY, at=tick())
    listing.set_speaker(fair, "P01", "Checheur", participant="P01", by=BY, at=tick())
    same(fair, "Checheur", "Ama")
    assert listing.show_transcript(fair, "P01").record.speakers[1].participant == "P01"

    listing.set_speaker(fair, "P01", "Ama", role=Role.OTHER, by=BY, at=tick())

    assert listing.show_transcript(fair, "P01").record.speakers[1].participant is None


def test_a_slip_in_the_label_that_is_meant_is_refused_without_that_label(fair: Store) -> None:
    with pytest.raises(errors.SlipInLabelError, match="all but the same") as refused:
        same(fair, "Ama", "Cherceur")
    assert "Chercheur" not in str(refused.value)
    with pytest.raises(errors.UnknownSpeakerError):
        same(fair, "Bea", "Ama")
    with pytest.raises(errors.SpellingOfItselfError):
        same(fair, "Ama", "Ama")


def test_two_participants_are_not_made_one(fair: Store) -> None:
    for code, label in (("P01", "Ama"), ("P02", "Checheur")):
        people.set_participant(fair, code, {"place": "Marle"}, new=True, by=BY, at=tick())
        listing.set_speaker(fair, "P01", label, participant=code, by=BY, at=tick())

    with pytest.raises(errors.TwoParticipantsError, match="P02 and the other P01"):
        same(fair, "Checheur", "Ama")


def test_a_table_says_it_of_all_transcripts_that_have_the_label_and_once(
    fair: Store, tmp_path: Path
) -> None:
    table = "Label;Same as\nChecheur;Chercheur\nBea;Ama\n"

    assert apply(fair, tmp_path / "aliases.csv", table) == 3
    assert labels(fair) == ["Chercheur", "Ama"] * 2
    assert labels(fair, "P02") == ["Chercheur", "Ama"] * 2
    assert apply(fair, tmp_path / "aliases.csv", table) == 0


def test_a_table_may_speak_of_one_transcript(fair: Store, tmp_path: Path) -> None:
    apply(fair, tmp_path / "a.csv", "label,same_as,transcript\nChercheur,Checheur,P02\n")

    assert labels(fair, "P02") == ["Checheur", "Bea"] * 2
    assert labels(fair) == ["Chercheur", "Ama", "Checheur", "Ama"]


def test_proposals_are_a_table_that_is_taken_whatever_the_labels_hold(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    words = 'Sen. Ash, "Bo": Yes.\n\nI: So?\n\nBO ASH: No.\n\nI: And?\n\nBo Ash, (Hall): No.\n'
    bring_in(store, write(folder, {"P01.txt": words * 2}))
    table = aliases.table_of(
        aliases.Suggestion("P01", str(label), "Bo Ash, (Hall)", 50.0)
        for label in dict.fromkeys(labels(store))
        if label != "Bo Ash, (Hall)"
    )

    apply(store, tmp_path / "aliases.csv", table.decode())

    assert set(labels(store)) == {"Bo Ash, (Hall)"}


def test_all_mistakes_of_a_table_are_said_at_once_and_nothing_is_written(
    fair: Store, tmp_path: Path
) -> None:
    said = mistakes(
        fair,
        tmp_path / "aliases.csv",
        "label,same_as,transcript\nChecheur,Chercheur,\nNobody,Ama,\nBea,Ama,P01\n"
        "Bea,Cyd,P99\nChecheur,Ama,P01\nAma,Ama,\n",
    )

    assert [one.partition(". ")[0] for one in said] == [
        ":3: label: no transcript has it",
        ":4: label: the transcript has no such label",
        ":5: no transcript is called 'P99'",
        ":6: same_as: line 2 says otherwise of the same label",
        ":7: a label cannot be another spelling of itself",
    ]
    assert labels(fair) == ["Chercheur", "Ama", "Checheur", "Ama"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("label\nAma\n", ":1: there is not one column 'same_as'"),
        ("label,same_as\nAma,\n", ":2: same_as: the cell is empty"),
        ("label,same_as\n,Ama\n", ":2: label: the cell is empty"),
        ('label,same_as\n"Ama,Bea\n', ":2: the row that begins here does not end"),
    ],
)
def test_a_table_with_a_hole_is_refused_as_it_is_read(
    fair: Store, tmp_path: Path, text: str, sentence: str
) -> None:
    assert mistakes(fair, tmp_path / "aliases.csv", text)[0].startswith(sentence)


def test_importing_again_with_a_manifest_keeps_spellings_and_names_their_label(
    fair: Store, folder: Path
) -> None:
    same(fair, "Checheur", "Chercheur")
    manifest = folder / "interviews.csv"
    manifest.write_text("file,participant,speaker,interviewer\nP01.txt,P01,Ama,Checheur\n")

    bring_in(fair, manifest=manifest)

    assert labels(fair) == ["Chercheur", "Ama"] * 2
    with fair.reading() as session:
        (uid,) = (t.uid for t in listing.list_transcripts(fair) if t.name == "P01")
        assert speaking.speakers_written(session)[uid] == {
            "Ama": Speaker("Ama", Role.PARTICIPANT, "P01"),
            "Checheur": Speaker("Checheur", Role.INTERVIEWER, None, "Chercheur"),
            "Chercheur": Speaker("Chercheur", Role.INTERVIEWER),
        }


def test_a_participant_under_two_labels_is_withheld_under_both(store: Store, folder: Path) -> None:
    words = "I: Alors ?\n\nAma: La fête.\n\nBea: La danse.\n\nAmma: La fête.\n\nBea: Oui.\n"
    write(folder, {"P01.txt": words})
    (folder / "interviews.csv").write_text(
        "interview_id,file,participant,speaker,attribution\n"
        "P01,P01.txt,P01,Ama,withheld\nP01,P01.txt,P02,Bea,named\n"
    )
    bring_in(store, manifest=folder / "interviews.csv")
    same(store, "Amma", "Ama")

    assert len(retrieving.search(store, "danse").hits) == 1
    assert retrieving.search(store, "fête").hits == ()


@pytest.mark.parametrize("first", ["here", "there"])
def test_what_another_copy_says_of_a_spelling_holds_when_its_label_gets_a_participant(
    store: Store, folder: Path, tmp_path: Path, first: str
) -> None:
    words = "I: Alors ?\n\nAma: La fête.\n\nI: Puis ?\n\nAmma: La danse.\n\nAma: Oui.\n"
    bring_in(store, write(folder, {"P01.txt": words}))
    for code in ("P05", "P06"):
        people.set_participant(store, code, {"place": "Marle"}, new=True, by=BY, at=tick())
    listing.set_speaker(store, "P01", "Amma", role=Role.PARTICIPANT, by=BY, at=tick())
    aside = tmp_path / "aside.qualcode"
    assert store.path is not None
    shutil.copy(store.path, aside)

    def say_here() -> None:
        same(store, "Amma", "Ama")
        listing.set_speaker(store, "P01", "Ama", participant="P05", by=BY, at=tick())

    with open_store(str(aside)) as copy:
        if first == "here":
            say_here()
        listing.set_speaker(copy, "P01", "Amma", participant="P06", by="bo", at=tick())
        if first == "there":
            say_here()
        take_in(store, copy)
        take_in(copy, store)
        for one in (store, copy):
            cast = listing.show_transcript(one, "P01").record.speakers
            assert [(s.label, s.participant) for s in cast] == [
                ("I", None),
                ("Ama", "P05"),
                ("Amma", "P06"),
            ]


def test_rows_that_go_round_in_a_circle_are_refused(fair: Store, tmp_path: Path) -> None:
    before = labels(fair)
    path = tmp_path / "aliases.csv"
    round_two = "label,same_as\nChecheur,Chercheur\nChercheur,Checheur\n"
    round_three = (
        "label,same_as,transcript\nChecheur,Chercheur,P01\nAma,Checheur,P01\nChercheur,Ama,P01\n"
    )

    assert mistakes(fair, path, round_two) == [
        ":3: same_as: with line 2 the labels go round in a circle. Keep the one that says which "
        "label the others are read as."
    ]
    assert "circle" in mistakes(fair, path, round_three)[-1]
    assert labels(fair) == before


def test_a_label_is_no_spelling_of_one_that_is_nowhere(fair: Store, tmp_path: Path) -> None:
    path = tmp_path / "aliases.csv"
    said = mistakes(fair, path, "label,same_as\nChecheur,Chercheurs\nAma,Zoltan\nBea,Amma\n")

    assert said == [
        ":2: same_as: no transcript has this label. Did you mean 'Chercheur'? Copy it from: "
        "qualcode transcripts show",
        ":3: same_as: no transcript has this label. Copy it from: qualcode transcripts show",
        ":4: same_as: no transcript has this label. One is nearly the same. Copy it from: "
        "qualcode transcripts show",
    ]


def test_one_who_asks_and_one_who_answers_are_joined_with_one_warning(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    write(folder, {"P01.txt": "I: And?\n\nP: A fair.\n", "P02.txt": "I: So?\n\nP: A band.\n"})
    path = tmp_path / "aliases.csv"
    path.write_text("label,same_as\nP,I\n")

    def import_again() -> list[tuple[str, int | None]]:
        report = importing.import_transcripts(store, [folder], aliases=path, by=BY, at=tick())
        return [(one.code, one.line) for one in report.warnings if one.file == str(path)]

    assert import_again() == [("spelling-of-two-roles", 2)]
    assert import_again() == []
