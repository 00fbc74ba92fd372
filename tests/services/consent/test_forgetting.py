"""Forgetting a name: where others said or wrote it, it is hidden for good."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from services.study import (
    BY,
    CODEBOOK,
    apply_codebook,
    bring_in,
    copy_of,
    dialogue,
    new_store,
    take_in,
    tick,
    write,
)

from qualcode import errors
from qualcode.model.coding import MemoType
from qualcode.services import keeping, listing, memos, people, projects, withdrawing
from qualcode.services.book import codebook_editing, codebook_file
from qualcode.services.charts import booking, charting, evidencing
from qualcode.services.consent.names import settling as names
from qualcode.services.correction import revising
from qualcode.services.retrieval import editing, retrieving
from qualcode.services.summaries import acts as writing
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store import identities, log
from qualcode.store.store import Store, open_store

MANIFEST = """\
interview_id,file,participant,name,role,place,attribution,date,speaker,hobby
their own,a.txt,P17,Quetzalline Ostrander,Maker,Marle,role,2024-03-04,Quetzalline,thimblerig
b,b.txt,P18,Bea Munn,Chair,Marle,named,2024-03-05,Bea,tea
c,c.txt,P19,Cem Ay,Clerk,Wenbury,named,2024-03-06,Cem,tea
"""
OTHER = dialogue("Bea", "I know Quetzalline Ostrander.", "We sell tea, and Ostrander pays.")
NAMES = ("quetzalline", "ostrander")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Store]:
    """Three interviews; P17 may not be named, and P18 speaks of them."""
    files = {
        "a.txt": dialogue("Quetzalline", "The hall was ours."),
        "b.txt": OTHER,
        "c.txt": dialogue("Cem", "We met in the hall.", "It was cold."),
        "m.csv": MANIFEST,
    }
    folder = write(tmp_path / "files", files)
    with new_store(tmp_path / "project") as store:
        assert bring_in(store, manifest=folder / "m.csv").written
        yield store


def tag(store: Store, transcript: str, quote: str, memo: str | None = None) -> str:
    place = Place(quote=quote)
    made = coding.tag(store, transcript, "grant-aid", place, memo=memo, by=BY, at=tick())
    return made.coding.uid


def erase(store: Store, **more: Any) -> withdrawing.Withdrawal:
    return withdrawing.erase(store, "P17", by=BY, at=tick(), **more)


def set_person(store: Store, code: str, **facts: str) -> None:
    people.set_participant(store, code, facts, by=BY, at=tick())


def said(store: Store) -> list[str]:
    return [one.text for one in retrieving.quotes(store).quotations]


def all_that_is_shown(store: Store) -> str:
    """Whatever the ways out hold, in one string of small letters."""
    summaries = writing.list_summaries(store).summaries
    found = (
        asdict(retrieving.quotes(store, context=20)),
        asdict(charting.build_matrix(store, cells="both", at=tick())),
        asdict(charting.build_matrix(store, rows="place", cells="both", at=tick())),
        asdict(booking.build_book(store, at=tick())),
        asdict(evidencing.build_evidence(store, at=tick())),
        [(one.case, one.text, one.others) for one in summaries],
    )
    return f"{found}".lower()


def test_what_the_team_wrote_of_them_names_nobody_after(study: Store) -> None:
    tag(study, "b", "We sell tea", memo="Quetzalline told us of it.")
    tag(study, "c", "It was cold")
    memos.add_memo(study, "grant-aid", "As Ostrander said.", type=MemoType.NOTE, by=BY, at=tick())
    words = "Bea says Quetzalline Ostrander pays."
    writing.write_summary(study, "P18", "funding", words, by=BY, at=tick())
    set_person(study, "P19", role="Brother of Quetzalline Ostrander")
    set_person(study, "P18", place="Quetzalline Ostrander Hall", hobby="Ostrander, Quetzalline")
    words = "The hall is cold."
    writing.write_summary(study, "[P17] Hall", "funding", words, rows="place", by=BY, at=tick())
    before = all_that_is_shown(study)
    assert not [name for name in NAMES if name in before]
    projects.rename_project(study, "With Quetzalline Ostrander", by=BY, at=tick())
    assert study.path is not None
    assert b"With Quetz" in study.path.read_bytes()
    done = erase(study)

    assert done.reworded >= 7
    assert done.still_named == ()
    assert projects.project_facts(study).name == "With [P17]"
    assert b"With Quetz" not in study.path.read_bytes()
    after = all_that_is_shown(study)
    assert not [name for name in NAMES if name in after]
    for text in ("[p17] told us", "bea says [p17] pays", "brother of [p17]", "[p17] hall"):
        assert text in before
        assert text in after
    held = {memo.memo.body for memo in memos.list_memos(study)}
    assert held == {"[P17] told us of it.", "As [P17] said."}
    assert writing.show_summary(study, "[P17] Hall", "funding", rows="place").text == words
    assert keeping.examine(study).is_whole


def test_an_address_that_holds_the_name_goes_from_what_the_team_wrote(study: Store) -> None:
    for address in ("quetzalline.ostrander@hub.example", "cem.ay@hub.example"):
        memos.add_memo(
            study, "grant-aid", f"Write to {address}.", type=MemoType.NOTE, by=BY, at=tick()
        )
    writing.write_summary(study, "P18", "funding", "Ask qostrander@x.example.", by=BY, at=tick())
    erase(study)

    held = {memo.memo.body for memo in memos.list_memos(study)}
    assert held == {"Write to [e-mail].", "Write to cem.ay@hub.example."}
    assert writing.show_summary(study, "P18", "funding").text == "Ask [e-mail]."
    with study.reading() as session:
        log_says = f"{[*log.read(session)]}".lower()
    assert not [name for name in NAMES if name in log_says.replace(OTHER.lower(), "")]


def test_a_number_and_an_address_of_their_contacts_go_from_what_the_team_wrote(
    study: Store,
) -> None:
    set_person(study, "P17", contacts="07700 900123 in the evening; hall@hub.example")
    for text in ("Ring them on 07700-900123.", "Not 07700 900999.", "Or HALL@hub.example."):
        memos.add_memo(study, "project", text, type=MemoType.NOTE, by=BY, at=tick())
    set_person(study, "P18", consent_note="Said on 07700 900 123")
    erase(study)

    assert {memo.memo.body for memo in memos.list_memos(study)} == {
        "Ring them on [telephone number].",
        "Not 07700 900999.",
        "Or [e-mail].",
    }
    note = people.show_participant(study, "P18").participant.consent_note
    assert note == "Said on [telephone number]"
    with study.reading() as session:
        log_says = f"{[*log.read(session)]}".lower()
    assert not [one for one in ("900123", "900 123", "hall@") if one in log_says]


def test_no_name_that_the_identities_hold_is_theirs_after(study: Store) -> None:
    names.settle(study, "Ostrander", other_person=True, sure=True, by=BY, at=tick())
    names.add_name(study, "Quetzalline's sister Selam")
    set_person(study, "P18", contacts="via Quetzalline Ostrander; bea@x.example")
    set_person(study, "P19", organisation="Ostrander Foods", place="Ostrander Street")
    tag(study, "b", "We sell tea, and Ostrander pays.")
    assert said(study) == ["We sell tea, and Ostrander pays."]
    done = erase(study)

    assert said(study) == ["We sell tea, and [name] pays."]
    with study.reading() as session:
        register = identities.register(session)
    assert not [name for name in NAMES if name in f"{register}".lower()]
    assert {one.code: one.contacts for one in register.people} == {
        "P18": "via [P17]; bea@x.example",
        "P19": "",
    }
    assert set(done.still_named) == {"the organisation of P19", "the place of P19"}


def test_words_that_stand_beside_a_summary_are_one_draft_with_it_without_the_name(
    study: Store, tmp_path: Path
) -> None:
    copy = copy_of(study, tmp_path)
    with open_store(str(copy)) as other:
        for store, words, by in (
            (other, "Quetzalline pays.", "ben"),
            (study, "Somebody pays.", "cleo"),
        ):
            writing.write_summary(store, "P18", "funding", words, by=by, at=tick())
        take_in(study, other)
    assert writing.show_summary(study, "P18", "funding").others
    erase(study)

    shown = writing.show_summary(study, "P18", "funding")
    assert (shown.text, shown.others) == ("Somebody pays.\n\n[P17] pays.", ())


def test_a_pseudonym_that_is_their_name_is_still_nobody_s(study: Store) -> None:
    set_person(study, "P19", attribution="pseudonym", pseudonym="Quetzalline Ostrander")
    tag(study, "c", "It was cold")
    before = retrieving.quotes(study).quotations[0].attribution
    erase(study)

    assert retrieving.quotes(study).quotations[0].attribution == before == "Anonymous participant"


def test_an_organisation_of_theirs_alone_stays_hidden(study: Store, tmp_path: Path) -> None:
    set_person(study, "P17", organisation="Quibble Trust", attribution="anonymous")
    folder = write(tmp_path / "more", {"d.txt": dialogue("Dot", "The Quibble Trust paid.")})
    assert bring_in(study, folder / "d.txt").written
    tag(study, "d", "The Quibble Trust paid.")
    assert said(study) == ["The [organisation] paid."]
    erase(study)

    assert said(study) == ["The [organisation] paid."]


def test_what_only_somebody_can_change_is_said(study: Store, tmp_path: Path) -> None:
    folder = write(tmp_path / "more", {"d.txt": dialogue("Aunt Quetzalline", "Yes, we did.")})
    assert bring_in(study, folder / "d.txt").written
    named = CODEBOOK.replace("id: trading", "id: ostrander-trading")
    assert named != CODEBOOK
    apply_codebook(study, tmp_path, named)

    memos.add_memo(study, "c", "Tea.", type=MemoType.NOTE, by="ostrander", at=tick())
    memos.add_memo(study, "c", "More.", type=MemoType.NOTE, by="cem", at=tick())

    assert set(erase(study, dry_run=True).still_named) == {
        "the codebook",
        "speakers' labels in d",
        "the name of a coder, which the log keeps",
    }


def test_the_id_of_a_code_that_went_into_another_is_said(study: Store, tmp_path: Path) -> None:
    named = CODEBOOK.replace("id: trading", "id: ostrander-trading")
    apply_codebook(study, tmp_path, named)
    book = tmp_path / "codebook.yaml"
    codebook_editing.merge(study, book, "ostrander-trading", "grant-aid", by=BY, at=tick())
    said = "the id of a code that was merged or taken out, which the log keeps"
    assert erase(study, dry_run=True).still_named == (said,)


def test_the_codebook_says_the_code_and_its_file_with_it(study: Store, tmp_path: Path) -> None:
    named = CODEBOOK.replace("name: Trading", "name: Trading at Ostrander's  # as she said")
    named = f"# Quetzalline Ostrander's words\n{named}"
    apply_codebook(study, tmp_path, named)
    book = tmp_path / "codebook.yaml"
    assert book.read_text() == named
    would = erase(study, folder=tmp_path, dry_run=True)
    assert book.read_text() == named
    done = erase(study, folder=tmp_path)

    assert done.still_named == would.still_named == ()
    assert done.reworded == would.reworded == 2  # the codebook's text, and its code
    text = book.read_text()
    assert text.startswith("# P17's words\n")
    assert "name: Trading at P17's  # as she said" in text
    assert codebook_file.state(study, book).kind is codebook_file.FileKind.SAME
    with study.reading() as session:
        said = f"{[*log.read(session)]}".lower()
    assert not [name for name in NAMES if name in said.replace(OTHER.lower(), "")]


def test_a_codebook_changed_by_hand_stays_and_is_named(study: Store, tmp_path: Path) -> None:
    named = CODEBOOK.replace("name: Trading", "name: Ostrander trading")
    apply_codebook(study, tmp_path, named)
    book = tmp_path / "codebook.yaml"
    book.write_text(f"{named}# by hand\n")
    done = erase(study, folder=tmp_path)

    assert book.read_text() == f"{named}# by hand\n"
    assert "codebook.yaml" in done.files


def test_nobody_takes_a_mask_off(study: Store) -> None:
    uid = tag(study, "b", "We sell tea, and Ostrander pays.")
    editing.edit_quotation(study, uid, cut=["We sell tea, "], by=BY, at=tick())
    erase(study)
    assert said(study) == ["[…]and [P17] pays."]

    done = editing.take_edits_back(study, uid, by="tomasz", at=tick())
    assert done.text == "We sell tea, and [P17] pays."
    for words in ("Ostrander", "and Ostrander pays"):
        with pytest.raises(errors.EditOfMaskError):
            editing.edit_quotation(study, uid, put=[(words, "[Ostrander]")], by=BY, at=tick())
    assert said(study) == ["We sell tea, and [P17] pays."]


@pytest.mark.parametrize(
    ("words", "before"),
    [
        ("know Quetzalline", "I [her] [P17]."),
        ("Quetzalline Ostrander", "I know [her]."),
        ("Ostrander.", "I know [P17] [her]"),
    ],
)
def test_what_an_edit_leaves_of_a_name_is_hidden_with_it_and_without(
    study: Store, words: str, before: str
) -> None:
    uid = tag(study, "b", "I know Quetzalline Ostrander.")
    editing.edit_quotation(study, uid, put=[(words, "[her]")], by=BY, at=tick())
    assert said(study) == [before]
    erase(study)
    assert said(study) == [before]

    editing.take_edits_back(study, uid, by=BY, at=tick())
    assert said(study) == ["I know [P17]."]


def test_words_put_into_a_quotation_name_nobody_after(study: Store) -> None:
    uid = tag(study, "b", "We sell tea")
    editing.edit_quotation(study, uid, put=[("We", "[Quetzalline and I]")], by=BY, at=tick())
    before = said(study)
    erase(study)

    assert said(study) == before == ["[P17 and I] sell tea"]


def test_a_mask_goes_to_a_corrected_text_and_to_every_place_of_the_name_there(
    study: Store, tmp_path: Path
) -> None:
    erase(study)
    new = tmp_path / "b2.txt"
    words = ("I knew Quetzalline Ostrander well.", "Ostrander! We sell tea, and Ostrander paid us.")
    new.write_text(dialogue("Bea", *words))
    revising.revise(study, "b", new, yes=True, by=BY, at=tick())
    for quote in words:
        tag(study, "b", quote)

    assert said(study) == ["I knew [P17] well.", "[P17]! We sell tea, and [P17] paid us."]


def test_a_mask_is_there_still_where_the_same_words_come_in_again(
    study: Store, tmp_path: Path
) -> None:
    erase(study)
    listing.remove_transcript(study, "b", by=BY, at=tick())
    assert bring_in(study, tmp_path / "files" / "b.txt").written
    tag(study, "b", "I know Quetzalline Ostrander.")

    assert said(study) == ["I know [P17]."]
    assert keeping.examine(study).is_whole


def test_no_undo_of_anybody_s_goes_behind_an_erasure(study: Store) -> None:
    tag(study, "b", "We sell tea")
    memo = memos.add_memo(
        study, "grant-aid", "As Ostrander said.", type=MemoType.NOTE, by="ben", at=tick()
    )
    memos.remove_memo(study, memo.uid, by="ben", at=tick())
    erase(study)

    with pytest.raises(errors.ErasedForGoodError):
        coding.undo(study, by="ben", at=tick())
    memos.add_memo(study, "grant-aid", "Tea.", type=MemoType.NOTE, by="ben", at=tick())
    assert coding.undo(study, by="ben", at=tick()).verb == "write memo"


def test_two_who_bear_one_surname_are_told_apart_no_less_than_before(study: Store) -> None:
    set_person(study, "P19", name="Cem Ostrander", attribution="anonymous")
    tag(study, "b", "We sell tea, and Ostrander pays.")
    assert said(study) == ["We sell tea, and [name] pays."]
    erase(study)

    assert said(study) == ["We sell tea, and [name] pays."]


def test_a_rehearsal_of_it_counts_the_same_and_changes_nothing(study: Store) -> None:
    tag(study, "b", "We sell tea", memo="Quetzalline told us of it.")
    would = erase(study, dry_run=True)
    assert "Quetzalline told us of it." in {one.memo.body for one in memos.list_memos(study)}
    done = erase(study)

    assert (would.masked, would.reworded) == (done.masked, done.reworded) == (2, 1)
    assert {one.name for one in listing.list_transcripts(study)} == {"b", "c"}
