"""A quotation is named by where it stands, and by nothing that could mean another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from services.areas import two_of_one_name
from services.fair import OTHER, new_fair
from services.study import BY, bring_in, new_store, tick, write

from qualcode import errors
from qualcode.services.describing import set_transcript
from qualcode.services.listing import list_transcripts
from qualcode.services.retrieval import editing, retrieving, starring
from qualcode.services.retrieval.named_quotations import coding_meant, codings_meant
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store import queries
from qualcode.store.store import Store


@pytest.fixture(scope="module")
def fair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with new_fair(tmp_path_factory.mktemp("pointing") / "fair") as opened:
        place = Place(quote="it leaked")
        coding.tag(opened, "P01", "bridging", place, by=OTHER, at=tick())
        yield opened


def meant(store: Store, named: str, code: str | None = None) -> str:
    """The words that are meant."""
    with store.reading() as session:
        uid = coding_meant(session, named, code=code)
    (found,) = retrieving.quotes_of(store, [uid]).quotations
    return found.text


def test_every_quotation_of_a_list_is_found_by_each_way_to_say_its_place(fair: Store) -> None:
    found = retrieving.quotes(fair).quotations
    assert len(found) > 3
    for one in found:
        ways = [
            one.locator,
            f"{one.locator}*",
            f"{one.transcript}:{one.turn}",
            f"{one.transcript} ¶{one.turn}",
        ]
        assert {meant(fair, way, one.code) for way in ways} == {one.text}
        exact = f"{one.transcript.casefold()}:{one.start}:{one.end}"
        assert meant(fair, exact) == meant(fair, one.coding) == one.text


def test_a_time_alone_names_what_begins_then(fair: Store) -> None:
    assert meant(fair, "P03 00:01:05") == "The council gives a grant every spring."
    with pytest.raises(errors.NoQuotationThereError):
        meant(fair, "P03 00:01:06")


def test_a_theme_names_what_stands_under_its_codes(fair: Store) -> None:
    assert meant(fair, "P01:2", "funding") == "The grant paid for the tent"


def test_of_several_passages_each_is_listed_with_what_names_it(fair: Store) -> None:
    with pytest.raises(errors.SeveralQuotationsError) as raised:
        meant(fair, "P01:2")

    named = [typed for typed, _ in raised.value.choices]
    assert [meant(fair, one) for one in named] == [
        "The grant paid for the tent",
        "it leaked",
        "we all patched it together",
    ]
    assert all(typed in str(raised.value) for typed in named)
    # Two coders put two codes on one passage: that is one.
    assert (
        raised.value.choices[0][1] == "6 words, funding/grant-aid, funding/grant-aid/small-grants"
    )


@pytest.mark.parametrize(
    ("named", "code", "error"),
    [
        ("P01:1", None, errors.NoQuotationThereError),
        ("P01:2", "trading", errors.NoQuotationThereError),
        ("P01:0:3", None, errors.NoQuotationThereError),
        ("P09:2", None, errors.UnknownTranscriptError),
        ("P01:2", "bogus", errors.UnknownCodeError),
        ("the tent", None, errors.NotAQuotationError),
        ("", None, errors.NotAQuotationError),
        (f"{'0' * 32}:1:2:grant-aid:{BY}", "grant-aid", errors.UsageError),
    ],
)
def test_what_names_no_quotation_is_refused(
    fair: Store, named: str, code: str | None, error: type[errors.QualcodeError]
) -> None:
    with pytest.raises(error):
        meant(fair, named, code)


def test_a_place_of_somebody_withheld_is_refused_by_consent(fair: Store) -> None:
    with pytest.raises(errors.WithheldError):
        starring.star(fair, ["P02:2"], by=BY, at=tick())
    with pytest.raises(errors.WithheldError):
        editing.edit_quotation(fair, "P02 ¶2", cut=["Still"], by=BY, at=tick())


def test_an_edit_and_a_star_go_to_the_place_that_was_named(tmp_path: Path) -> None:
    with new_fair(tmp_path / "fair") as store:
        edited = editing.edit_quotation(
            store, "P01 ¶2", code="grant-aid", cut=["for the tent"], by=BY, at=tick()
        )
        assert edited.text == "The grant paid […]"
        assert editing.take_edits_back(store, "P01:2", code="grant-aid", by=BY, at=tick()).changed
        done = starring.star(store, ["P01:2", "P03:2"], code="grant-aid", by=BY, at=tick())
        assert done.changed == 2


def test_a_transcript_whose_name_is_masked_is_called_as_lists_call_it(tmp_path: Path) -> None:
    files = {
        "m.csv": "interview_id,file,participant,name,attribution\n"
        "Dot Ewer,d.txt,P24,Dot Ewer,anonymous\n",
        "d.txt": "I: And?\n\nX: The barn was full.\n",
    }
    with new_store(tmp_path) as store:
        assert bring_in(store, manifest=write(tmp_path / "in", files) / "m.csv").written
        place = Place(quote="The barn was full.")
        coding.tag(store, "Dot Ewer", "bonding", place, by=BY, at=tick())
        (one,) = retrieving.quotes(store, where=["transcript=[P24]"]).quotations
        assert one.locator == "[P24] ¶2"
        for named in (one.locator, "[p24]:2", "Dot Ewer:2", f"[P24]:{one.start}:{one.end}"):
            assert meant(store, named) == one.text
        with store.reading() as session:
            assert len(set(codings_meant(session, [one.locator, one.coding]))) == 1


def test_of_two_interviews_of_one_name_each_is_meant_by_what_lists_call_it(tmp_path: Path) -> None:
    with two_of_one_name(tmp_path) as store:
        found = retrieving.quotes(store).quotations
        assert [one.locator for one in found] == ["b ¶2", "b (2) ¶2"]
        for one in found:
            exact = f"{one.transcript}:{one.start}:{one.end}"
            assert meant(store, one.locator) == meant(store, exact) == one.text
            alone = retrieving.quotes(store, where=[f"transcript={one.transcript}"]).quotations
            assert [those.text for those in alone] == [one.text]
        assert [one.name for one in list_transcripts(store)] == ["b", "b (2)"]
        for other, one in zip(reversed(found), found, strict=True):
            coding.tag(store, one.transcript, "bonding", Place(quote=one.text), by=BY, at=tick())
            cut = [other.text]
            with pytest.raises(errors.EditedWordsError):
                editing.edit_quotation(store, one.locator, cut=cut, by=BY, at=tick())
        # What is shown with a number is not stored with it.
        set_transcript(store, "b (2)", {"language": "pt"}, by=BY, at=tick())
        with store.reading() as session:
            assert {one.name for one in queries.known_versions(session)} == {"b"}
