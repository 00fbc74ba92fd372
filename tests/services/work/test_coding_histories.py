"""Any run of acts in two windows: both windows, what they were told, and the store agree."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from services.study import bring_in, dialogue, new_store, tick, write

from qualcode import errors
from qualcode.model.coding import Coding, Segment
from qualcode.model.spans import Span
from qualcode.services.work.coding_session import Change, CodingSession
from qualcode.store import log, queries, readback
from qualcode.store.fold import fold
from qualcode.store.store import Store, open_store

CODES = ("bonding", "trading")
SPANS = (Span(0, 3), Span(2, 20))
"""So few that acts meet on one place."""


_Thing = TypeVar("_Thing")


class Wish(NamedTuple):
    """What one window does: `which` chooses among the codings or memos that are there."""

    window: int
    act: str
    which: int
    code: str
    span: Span
    flag: bool


ACTS = ("tag", "tag", "tag", "untag", "doubt", "move", "move", "memo", "memo", "rewrite", "finish")
WISHES = st.lists(
    st.builds(
        Wish,
        window=st.sampled_from((0, 0, 2, 2, 1)),
        act=st.sampled_from((*ACTS, "refresh", "undo", "undo", "redo")),
        which=st.integers(0, 2),
        code=st.sampled_from(CODES),
        span=st.sampled_from(SPANS),
        flag=st.booleans(),
    ),
    min_size=4,
    max_size=16,
)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one transcript, which each example copies."""
    folder = tmp_path_factory.mktemp("histories")
    write(folder / "files", {"P01.txt": dialogue("P01", "We got a grant once.", "And now?")})
    with new_store(folder / "project") as store:
        bring_in(store, folder / "files")
    return folder / "project" / "study.qualcode"


class Window:
    """A session, and the picture that somebody drew from nothing but what it told."""

    def __init__(self, store: Store, coder: str) -> None:
        self.session = CodingSession.open(store, "P01", coder=coder)
        self.drawn: dict[str, Coding] = {one.uid: one for one in self.session.codings}
        self.is_finished = self.session.finished

    def fulfil(self, wish: Wish) -> bool:
        """Do it, and draw what has changed; a refusal, which is False, changes nothing."""
        before = (self.session.codings, self.session.memos, self.session.finished)
        try:
            change = _done(self.session, wish)
        except errors.QualcodeError:
            assert (self.session.codings, self.session.memos, self.session.finished) == before
            return False
        if change is not None:
            self.draw(change)
            assert change.memos == (self.session.memos != before[1])
        assert self.session.coverage()[0] == sum(
            any(
                one.segment.start < turn.end and turn.start < one.segment.end
                for one in self.session.codings
                if self.session.mine(one)
            )
            for turn in self.session.answers
        )
        return True

    def draw(self, change: Change) -> None:
        """Take a change into the picture."""
        for one in change.removed:
            assert self.drawn.pop(one.uid) == one
        for one in change.added:
            assert one.uid not in self.drawn
            self.drawn[one.uid] = one
        assert change.status == (self.is_finished != self.session.finished)
        self.is_finished = self.session.finished


class Doubts:
    """The codings that somebody said they doubt, and nobody that they do no longer, by uid."""

    def __init__(self) -> None:
        self.said: set[str] = set()

    def follow(self, store: Store, wish: Wish, coding: Coding | None, coder: str) -> None:
        """Take in a wish that was fulfilled; `coding` is the one that it meant, of several."""
        if wish.act in ("undo", "redo"):  # whatever was said there is taken back with it
            self.said = {one.uid for one in _stored(store) if one.doubt}
        elif wish.act == "tag" and wish.flag:
            segment = Segment(_version(store), wish.span.start, wish.span.end)
            self.said.add(Coding(segment, wish.code, coder).uid)
        elif coding is not None and wish.act == "untag":
            self.said.discard(coding.uid)
        elif coding is not None and wish.act == "doubt":
            (self.said.add if wish.flag else self.said.discard)(coding.uid)
        elif coding is not None and wish.act == "move" and coding.uid in self.said:
            self.said.discard(coding.uid)
            segment = replace(coding.segment, start=wish.span.start, end=wish.span.end)
            self.said.add(replace(coding, segment=segment).uid)


def _stored(store: Store) -> list[Coding]:
    with store.reading() as session:
        return queries.codings(session)


def _version(store: Store) -> str:
    with store.reading() as session:
        return queries.current_versions(session)[0].version


def _done(session: CodingSession, wish: Wish) -> Change | None:
    at = tick()
    match wish.act:
        case "tag":
            return session.tag(wish.code, wish.span, doubt=wish.flag, at=at)
        case "undo":
            return session.undo(at=at)
        case "redo":
            return session.redo(at=at)
        case "finish":
            return session.set_finished(finished=wish.flag, at=at)
        case "refresh":
            return session.refresh()
        case "rewrite":
            memo = _one_of([memo for on in session.memos.values() for memo in on], wish.which)
            body = "other words" if wish.flag else ""
            if memo is None:
                return None
            return session.rewrite_memo(memo, body, at=at)
    coding = _one_of(session.codings, wish.which)
    if wish.act == "memo":
        target = coding if coding and wish.flag else wish.span
        return session.write_memo(target, "a thought", at=at)
    return None if coding is None else _done_to(coding, session, wish)


def _done_to(coding: Coding, session: CodingSession, wish: Wish) -> Change:
    at = tick()
    match wish.act:
        case "untag":
            return session.untag(coding, at=at)
        case "doubt":
            return session.set_doubt(coding, doubt=wish.flag, at=at)
        case "move":
            return session.move_ends(coding, wish.span, at=at)
    raise AssertionError(wish.act)


def _one_of(things: Sequence[_Thing], which: int) -> _Thing | None:
    return things[which % len(things)] if things else None


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wishes=WISHES)
def test_windows_and_store_agree_after_any_run_of_acts(made_once: Path, wishes: list[Wish]) -> None:
    with tempfile.TemporaryDirectory() as folder, _copied(made_once, Path(folder)) as store:
        # Two coders, and one of them at a second window.
        windows = [Window(store, coder) for coder in ("Bo", "Cleo", "Bo")]
        doubts = Doubts()
        for wish in wishes:
            acting = windows[wish.window].session
            coding = _one_of(acting.codings, wish.which)
            if windows[wish.window].fulfil(wish):
                doubts.follow(store, wish, coding, acting.coder)
            assert doubts.said <= {one.uid for one in _stored(store) if one.doubt}
            _check_memos(store)
        for window in windows:
            change = window.session.refresh()
            if change is not None:
                window.draw(change)
            assert window.session.refresh() is None
            fresh = CodingSession.open(store, "P01", coder=window.session.coder)
            assert window.session.codings == fresh.codings
            assert window.session.memos == fresh.memos
            assert window.session.finished == fresh.finished
            assert window.session.recent == fresh.recent
            assert window.session.coverage() == fresh.coverage()
            assert sorted(window.drawn) == sorted(one.uid for one in fresh.codings)
            assert set(window.drawn.values()) == set(fresh.codings)
        with store.reading() as session:
            assert readback.everything(session) == fold(log.read(session)).records


def _check_memos(store: Store) -> None:
    """Every memo on a passage of the version is in sight at its place."""
    session = CodingSession.open(store, "P01", coder="Bo")
    with store.reading() as reading:
        memos = queries.memos(reading, version=session.text.version)
    for memo in memos:
        _, start, end, *_ = memo.target.split(":")
        assert memo in session.memos_at(Span(int(start), int(end)))


def _copied(made: Path, folder: Path) -> Store:
    """The project again, in which nothing waits for the disk: here nobody pulls the plug."""
    shutil.copy(made, folder / "study.qualcode")
    store = open_store(str(folder / "study.qualcode"))
    sa.event.listen(store.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    store.close()
    return store
