"""Event ids: in order under any clock, in the shape of a UUIDv7."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.store.clock import milliseconds, moment_of, new_ids

MS = st.integers(0, 2**47)


@given(at_ms=MS, newest_ms=MS, count=st.integers(1, 50))
def test_new_ids_are_later_than_all_that_was_seen_under_any_clock(
    at_ms: int, newest_ms: int, count: int
) -> None:
    newest = new_ids(1, at_ms=newest_ms, newest=None)[0]
    ids = new_ids(count, at_ms=at_ms, newest=newest)
    assert [newest, *ids] == sorted({newest, *ids})


def test_more_ids_than_fit_a_millisecond_stay_in_order() -> None:
    ids = new_ids(10_000, at_ms=1_000, newest=None)
    assert ids == sorted(set(ids))
    assert int.from_bytes(ids[0][:6], "big") == 1_000
    assert int.from_bytes(ids[-1][:6], "big") == 1_002


def test_an_id_is_a_uuid_of_version_7() -> None:
    one = uuid.UUID(bytes=new_ids(1, at_ms=1_770_000_000_000, newest=None)[0])
    assert (one.version, one.variant) == (7, uuid.RFC_4122)


def test_an_id_tells_when_it_was_made() -> None:
    moment = datetime(2026, 3, 2, 9, 30, 1, 234_000, tzinfo=UTC)
    assert moment_of(new_ids(1, at_ms=milliseconds(moment), newest=None)[0]) == moment


def test_a_moment_is_the_same_in_every_time_zone() -> None:
    there = datetime(2026, 3, 2, 19, 30, tzinfo=timezone(timedelta(hours=10)))
    assert milliseconds(there) == milliseconds(datetime(2026, 3, 2, 9, 30, tzinfo=UTC))


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(TypeError):
        milliseconds(datetime(2026, 3, 2, 9, 30))  # noqa: DTZ001  that is the test
