from __future__ import annotations

from dataclasses import replace

from exporters.reports import quotation, quotations_of, sample_report
from hypothesis import given
from hypothesis import strategies as st

from qualcode.exporters.content_check import ContentCheck

QUOTATIONS = quotations_of(sample_report())


@given(st.permutations(QUOTATIONS[:12]))
def test_the_check_does_not_depend_on_order(shuffled: list[object]) -> None:
    assert ContentCheck(shuffled).digest == ContentCheck(QUOTATIONS[:12]).digest  # type: ignore[arg-type]


def test_the_check_is_sixteen_hex_digits() -> None:
    digest = ContentCheck(QUOTATIONS).digest
    assert len(digest) == 16
    assert int(digest, 16) >= 0


def test_the_check_stays_the_same_over_versions_of_the_program() -> None:
    assert ContentCheck().digest == "5851f80b01eb4fd0"
    assert ContentCheck([quotation("We all came to the fair.")]).digest == "9c26be73574c2100"


def test_any_change_of_a_quotation_changes_the_check() -> None:
    whole = quotation("We all came to the fair.")
    changed = [
        replace(whole, text="We all came to the fair"),
        replace(whole, attribution="Ward councillor"),
        replace(whole, coding="another"),
        replace(whole, code="funding/compact"),
        replace(whole, start=1),
        replace(whole, end=1),
    ]
    digests = {ContentCheck([one]).digest for one in (whole, *changed)}
    assert len(digests) == len(changed) + 1


def test_a_quotation_written_twice_is_not_one_written_once() -> None:
    one = quotation("We all came to the fair.")
    assert ContentCheck([one]).digest != ContentCheck([one, one]).digest


def test_half_a_surrogate_pair_can_be_checked() -> None:
    assert ContentCheck([quotation("\ud800")]).digest != ContentCheck([quotation("\ud801")]).digest
