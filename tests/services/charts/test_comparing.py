"""Continuity and variation: cases counted, small groups kept together, silence where it tells."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from services.areas import Person, area, study, tag
from services.study import BY, new_store, tick

from qualcode import errors
from qualcode.model.consent import Audience
from qualcode.model.matrix import Comparison, Variation
from qualcode.services import listing, people
from qualcode.services.cases.grouping import LEAST_UNFOUND, TOGETHER, _put_together
from qualcode.services.charts import charting
from qualcode.services.retrieval.filters import Unsaid
from qualcode.services.ways_out import exporting
from qualcode.store import records
from qualcode.store.store import Store


def compared(store: Store, **options: str) -> Comparison:
    return charting.compare(store, columns="codes", **options)  # type: ignore[arg-type]


def line_of(found: Comparison, key: str) -> Variation:
    return next(line for line in found.lines if line.key == key)


def test_cases_are_counted_and_not_passages(tmp_path: Path) -> None:
    people_ = [*area("Marle", "ggg g -"), *area("Ashmere", "g b b")]
    with study(tmp_path, people_) as store:
        found = compared(store)

    assert found.groups == ("Ashmere", "Marle")
    grants = line_of(found, "funding/grant-aid")
    assert (grants.groups, grants.total) == (((1, 3), (2, 3)), (3, 6))
    assert not line_of(found, "funding/grant-aid").is_theme
    assert line_of(found, "funding").groups == ((1, 3), (3, 3))


def test_a_theme_holds_what_is_under_its_codes_and_a_code_nobody_uses_has_no_line(
    tmp_path: Path,
) -> None:
    with study(tmp_path, [*area("Marle", "g g"), *area("Ashmere", "g b")]) as store:
        keys = [line.key for line in compared(store).lines]
        themes = [line.key for line in charting.compare(store, columns="themes").lines]
        one = [line.key for line in charting.compare(store, columns="cohesion").lines]

    assert keys == ["funding", "funding/grant-aid", "cohesion", "cohesion/bonding"]
    assert themes == ["funding", "cohesion"]
    assert one == ["cohesion", "cohesion/bonding"]


def test_what_half_of_a_group_and_two_of_it_say_is_shared(tmp_path: Path) -> None:
    people_ = [*area("Ashmere", "g g b b"), *area("Marle", "g b b b"), *area("Wenbury", "g b")]
    with study(tmp_path, people_) as store:
        grants = line_of(compared(store), "funding/grant-aid")

    assert grants.groups == ((2, 4), (1, 4), (1, 2))
    assert grants.shared_by == ("Ashmere",)
    assert grants.only_in is None


def test_what_only_one_group_speaks_of_is_said(tmp_path: Path) -> None:
    with study(tmp_path, [*area("Ashmere", "g b b"), *area("Marle", "b b b")]) as store:
        assert line_of(compared(store), "funding/grant-aid").only_in == "Ashmere"
        assert line_of(compared(store), "cohesion/bonding").only_in is None


def test_the_silent_one_of_four_goes_against_the_pattern(tmp_path: Path) -> None:
    people_ = [*area("Ashmere", "g g g b"), *area("Marle", "g b b b")]
    with study(tmp_path, people_) as store:
        grants = line_of(compared(store), "funding/grant-aid")

    assert grants.groups == ((3, 4), (1, 4))
    assert grants.against == ("P04", "P05")


def test_who_speaks_of_what_is_no_pattern_anywhere_goes_against_nothing(tmp_path: Path) -> None:
    with study(tmp_path, [*area("Ashmere", "g b b b"), *area("Marle", "b b b b")]) as store:
        grants = line_of(compared(store), "funding/grant-aid")

    assert grants.groups == ((1, 4), (0, 4))
    assert grants.against == ()


def test_three_cases_make_no_pattern(tmp_path: Path) -> None:
    with study(tmp_path, [*area("Ashmere", "g g b"), *area("Marle", "g g b")]) as store:
        assert line_of(compared(store), "funding/grant-aid").against == ()


def test_an_interview_in_which_nothing_is_coded_is_not_silent(tmp_path: Path) -> None:
    people_ = [*area("Ashmere", 'g g g g ""'), *area("Marle", "b b b")]
    with study(tmp_path, people_) as store:
        unread = line_of(compared(store), "funding/grant-aid")
        tag(store, "P05", "trading", "Nothing.")
        read = line_of(compared(store), "funding/grant-aid")

    assert unread.groups[0] == read.groups[0] == (4, 5)
    assert unread.against == ()
    assert read.against == ("P05",)


@pytest.mark.parametrize("about", ["funding", "grant-aid"])
def test_who_was_not_asked_is_not_silent(tmp_path: Path, about: str) -> None:
    people_ = [*area("Ashmere", "g g g g b"), *area("Marle", "b b b")]
    with study(tmp_path, people_) as store:
        assert line_of(compared(store), "funding/grant-aid").against == ("P05",)
        uid = listing.show_transcript(store, "P05").record.uid
        with store.act("not asked", by=BY, at=tick()) as act:
            act.ensure([records.not_asked_record(uid, about)])
        assert line_of(compared(store), "funding/grant-aid").against == ()


# -- nobody is given away -------------------------------------------------------------------------


def test_a_group_of_one_unnamed_person_stands_with_the_next_smallest(tmp_path: Path) -> None:
    people_ = [
        *area("Ashmere", "g g b b"),
        *area("Marle", "g b", attribution="anonymous"),
        *area("Wenbury", "g", attribution="role"),
    ]
    with study(tmp_path, people_) as store:
        found = compared(store)

    assert found.groups == ("Ashmere", TOGETHER)
    assert "stand together as smaller groups. Cases under smaller groups are counted" in found.rule
    assert line_of(found, "funding/grant-aid").groups == ((2, 4), (2, 3))


def test_who_agreed_to_be_found_may_stand_alone(tmp_path: Path) -> None:
    people_ = [*area("Ashmere", "g g"), *area("Marle", "g", attribution="named")]
    with study(tmp_path, people_) as store:
        assert compared(store).groups == ("Ashmere", "Marle")


def test_where_all_would_stand_together_there_is_nothing_to_compare(tmp_path: Path) -> None:
    people_ = [*area("Ashmere", "g g"), *area("Marle", "g", attribution="anonymous")]
    with study(tmp_path, people_) as store:
        assert compared(store).groups == ()
        assert compared(store).lines == ()
        report = charting.build_matrix(store, at=tick())
    assert "place" not in [one.attribute for one in report.comparisons]


@settings(max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from("abcdef"),
        st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(any),
        min_size=1,
    )
)
def test_no_group_is_left_with_a_single_person_to_be_told(
    sizes: dict[str, tuple[int, int]],
) -> None:
    unfound = {group: {f"{group}{n}" for n in range(few)} for group, (few, _) in sizes.items()}
    members = {
        group: unfound[group] | {f"{group}x{n}" for n in range(open_to)}
        for group, (_, open_to) in sizes.items()
    }
    together = _put_together(members, unfound)

    alone = [len(unfound[group]) for group in members.keys() - together]
    assert all(count == 0 or count >= LEAST_UNFOUND for count in alone)
    told = sum(len(unfound[group]) for group in together)
    assert not together or told >= LEAST_UNFOUND or together == members.keys()


def test_the_withheld_are_in_no_number(tmp_path: Path) -> None:
    with study(tmp_path, [*area("Ashmere", "g g g"), *area("Marle", "g g g")]) as store:
        assert line_of(compared(store), "funding").total == (6, 6)
        wanted = {"attribution": "withheld"}
        people.set_participant(store, "P01", wanted, new=True, by=BY, at=tick())
        assert line_of(compared(store), "funding").groups == ((2, 2), (3, 3))


def test_a_question_in_a_joint_interview_counts_for_nobody(tmp_path: Path) -> None:
    with study(tmp_path, [Person("Marle", "g"), Person("Ashmere", "b")]) as store:
        tag(store, "P02", "grant-aid", "And?")
        found = compared(store)
    assert line_of(found, "funding/grant-aid").total == (2, 2)


# -- where there is little to compare --------------------------------------------------------------


def test_an_empty_study_has_nothing_to_compare(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        assert (compared(store).groups, compared(store).lines) == ((), ())
        assert charting.build_matrix(store, at=tick()).comparisons == ()


@pytest.mark.parametrize("drawing", ["g", "g g b"])
def test_one_case_or_one_group_has_nothing_beside_it(tmp_path: Path, drawing: str) -> None:
    with study(tmp_path, area("Marle", drawing)) as store:
        assert compared(store).groups == ()
        assert charting.build_matrix(store, at=tick()).comparisons == ()


def test_an_attribute_that_is_known_of_nobody_makes_no_groups(tmp_path: Path) -> None:
    with study(tmp_path, area("", "g g b", stakeholder="")) as store:
        assert compared(store).groups == compared(store, by="stakeholder").groups == ()


def test_a_filter_that_leaves_one_of_a_group_does_not_show_their_figure(tmp_path: Path) -> None:
    people_ = [
        *area("Ashmere", "g g", attribution="role"),
        *area("Marle", "g", attribution="role"),
        *area("Marle", "b", attribution="role", stakeholder="farmer"),
    ]
    with study(tmp_path, people_) as store:
        assert compared(store).groups == ("Ashmere", "Marle")
        found = charting.compare(store, columns="codes", where=["stakeholder=officer"])
    assert found.groups == ()


def test_no_line_holds_a_percentage(tmp_path: Path) -> None:
    with study(tmp_path, [*area("Ashmere", "g " * 12), *area("Marle", "b " * 12)]) as store:
        found = compared(store)
        for form in ("md", "csv", "json"):
            data, _ = exporting.comparison_bytes(store, found, form, Audience.TEAM)
            assert b"12" in data
            assert b"%" not in data


# -- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["participant", "transcript"])
def test_groups_of_one_each_are_refused(tmp_path: Path, by: str) -> None:
    with (
        study(tmp_path, area("Marle", "g g")) as store,
        pytest.raises(errors.UsageError, match="group of its own"),
    ):
        compared(store, by=by)


def test_an_attribute_that_nobody_has_is_refused(tmp_path: Path) -> None:
    with study(tmp_path, area("Marle", "g g")) as store, pytest.raises(errors.FilterError):
        compared(store, by="planet")


def test_those_of_whom_nothing_is_known_have_no_pattern(tmp_path: Path) -> None:
    people_ = [
        *area("", "g g g g b"),
        *area("Ashmere", "b b b b g"),
        *area("Marle", "b b b b b"),
    ]
    with study(tmp_path, people_) as store:
        aside = line_of(compared(store), "funding/grant-aid")
        bonds = line_of(compared(store), "cohesion/bonding")
        people.set_participant(store, "P01", {"place": "Wenbury"}, by=BY, at=tick())
        for code in ("P02", "P03", "P04", "P05"):
            people.set_participant(store, code, {"place": "Wenbury"}, by=BY, at=tick())
        named = line_of(compared(store), "funding/grant-aid")

    # Neither do they go against a pattern, nor anybody else against theirs.
    assert aside.against == ()
    assert named.against == ("P05", "P10")
    assert named.against_in == (("Ashmere", ("P10",)), ("Wenbury", ("P05",)))
    assert bonds.shared_by == ("Ashmere", "Marle")
    assert bonds.is_shared_by_all


def test_one_group_beside_those_without_a_value_is_nothing_to_compare(tmp_path: Path) -> None:
    people_ = [*area("", "g g"), *area("Ashmere", "g g")]
    with study(tmp_path, people_) as store:
        found = compared(store)
    assert (found.groups, found.lines) == ((), ())


def test_those_of_whom_nothing_is_known_share_nothing(tmp_path: Path) -> None:
    people_ = [*area("Ashmere", "g g b"), *area("", "g g b"), *area("Marle", "b b")]
    with study(tmp_path, people_) as store:
        found = compared(store)

    assert found.groups == ("Ashmere", "Marle", Unsaid.NONE_GIVEN.value)
    assert line_of(found, "funding/grant-aid").shared_by == ("Ashmere",)
    assert line_of(found, "funding/grant-aid").groups == ((2, 3), (0, 2), (2, 3))
