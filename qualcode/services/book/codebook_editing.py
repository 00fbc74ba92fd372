"""Editing the codebook, with codebook.yaml and the store in step: both have the change, or neither.

The file stays the source. The codes in it must be those that were applied last, else an edit is
refused and nothing is overwritten; comments written since are taken along, in the same act. The new
text is made and read back in memory; inside the store's act it takes the file's place as the last
step before the commit, and the old text returns if that fails.

How the file is held and replaced is in `codebook_file.py`, a whole file brought in `codebooks.py`,
what a merge does to codings and memos `code_merging.py`; `codebook_editor.py` is these edits for
who makes several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from qualcode.codebook import (
    add_code,
    drop_field,
    load_codebook,
    move_code,
    remove_code,
    restore_codes,
    set_field,
)
from qualcode.codebook.loading import free_keys, slug
from qualcode.codebook.resolving import resolve_code
from qualcode.errors import CodeUnnamedError, KeyTakenError
from qualcode.model.codebook import Code, Codebook
from qualcode.services.book import code_merging, codebook_file
from qualcode.services.book.code_merging import MergePreview
from qualcode.services.work.coding import Reverted, usable_code
from qualcode.store import codes, queries, reverting
from qualcode.store.acts import Act
from qualcode.store.engine import Session
from qualcode.store.kinds import Record
from qualcode.store.records import code_record, codebook_record
from qualcode.store.store import Store


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit left: the book as the store has it, retired codes last, and what to tell.

    `code` is the one that was edited, as it is now; of a merge, the one that stays, and `merged` is
    what moved. `changed` is False where it was so already.
    """

    book: Codebook
    retired: frozenset[str]
    code: Code
    said: str
    merged: MergePreview | None = None
    changed: bool = True

    @property
    def codings_moved(self) -> int:
        """How many codings a merge moved."""
        return 0 if self.merged is None else self.merged.codings


@dataclass(frozen=True, slots=True)
class _Before:
    """What an edit begins with: the file's text and all codes, the retired ones last."""

    act: Act
    text: str
    where: str
    book: Codebook
    retired: frozenset[str]

    def usable(self, code: str) -> Code:
        """The code of a name or id; raises UnknownCodeError or RetiredCodeError."""
        return usable_code(self.book, self.retired, code)

    def called(self, name: str, parent: str | None) -> Code | None:
        """The code of a name that stands there and takes codings; None where there is none."""
        there = (one for one in self.book.codes if (one.name, one.parent) == (name, parent))
        return next((one for one in there if one.id not in self.retired), None)

    def full_name(self, code: Code) -> str:
        """Its ids from the theme down."""
        return self.book.full_name(code.id)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What an edit makes of it. `retired` are codes to be kept as such beyond those that are;
    `gone` ids of codes that `records` speak of.
    """

    text: str
    code: str
    said: Callable[[Codebook], str]
    retired: tuple[Code, ...] = ()
    gone: frozenset[str] = frozenset()
    records: tuple[Record, ...] = ()
    merged: MergePreview | None = None


def add(
    store: Store,
    path: Path,
    name: str,
    *,
    parent: str | None,
    definition: str = "",
    proposed: bool = False,
    by: str,
    at: datetime,
) -> Edited:
    """A new code, last under `parent`, or a new theme. Its id is made of its name.

    Two codes may have one name, never one id; but where one of that name stands there already, and
    nothing else is said of it, it is that one. A theme cannot be proposed: raises SeveralErrors.
    Raises CodeUnnamedError.
    """
    one_line = _name_in_one_line(name)

    def plan(before: _Before) -> _Plan:
        above = None if parent is None else before.usable(parent)
        same = before.called(one_line, None if above is None else above.id)
        if same is not None and definition in ("", same.definition):
            return _Plan(before.text, same.id, lambda _: "")
        code = Code(
            id=_free_id(one_line, codes.known_ids(before.act.session)),
            name=one_line,
            parent=None if above is None else above.id,
            definition=definition,
            proposed=proposed,
        )
        text = add_code(before.text, code, where=before.where)
        noun = "code proposed" if proposed else "code added" if above else "theme added"
        also = f"; {before.full_name(same)} is called so, too" if same is not None else ""
        return _Plan(text, code.id, lambda book: f"{noun}: {book.full_name(code.id)}{also}")

    return _edited(store, path, "add code", plan, by=by, at=at)


def rename(store: Store, path: Path, code: str, name: str, *, by: str, at: datetime) -> Edited:
    """Another name for a code; its id, and with it all codings, stay. Raises CodeUnnamedError."""
    one_line = _name_in_one_line(name)

    def plan(before: _Before) -> _Plan:
        found = before.usable(code)
        text = set_field(before.text, found.id, "name", one_line, where=before.where)
        said = f"{before.full_name(found)} is called {one_line} now"
        return _Plan(text, found.id, lambda _: said)

    return _edited(store, path, "rename code", plan, by=by, at=at)


def define(
    store: Store, path: Path, code: str, definition: str, *, by: str, at: datetime
) -> Edited:
    """Another definition of a code."""

    def plan(before: _Before) -> _Plan:
        found = before.usable(code)
        text = set_field(before.text, found.id, "definition", definition, where=before.where)
        said = f"{before.full_name(found)} has a new definition"
        return _Plan(text, found.id, lambda _: said)

    return _edited(store, path, "define code", plan, by=by, at=at)


def accept(store: Store, path: Path, code: str, *, by: str, at: datetime) -> Edited:
    """A proposed code becomes one of the book like any other."""

    def plan(before: _Before) -> _Plan:
        found = before.usable(code)
        text = drop_field(before.text, found.id, "proposed", where=before.where)
        said = f"{before.full_name(found)} is no longer only proposed"
        return _Plan(text, found.id, lambda _: said)

    return _edited(store, path, "accept code", plan, by=by, at=at)


def move(
    store: Store,
    path: Path,
    code: str,
    *,
    parent: str | None,
    before: str | None = None,
    by: str,
    at: datetime,
) -> Edited:
    """A code with all under it elsewhere: last under `parent`, or there before another code.

    Without `parent` it becomes a theme, and is no longer only proposed. Where it stands under
    `parent` already and is to come before none, nothing is changed. Raises UnderItselfError,
    NoSiblingError, and ThemeFieldsError for a theme that has a key or a colour.
    """

    def plan(now: _Before) -> _Plan:
        found = now.usable(code)
        above = None if parent is None else now.usable(parent).id
        old, text = now.full_name(found), now.text
        if above is None:
            text = drop_field(text, found.id, "proposed", where=now.where)
        sibling = None if before is None else now.usable(before).id
        if sibling is not None or above != found.parent:
            text = move_code(text, found.id, above, before=sibling, where=now.where)
        return _Plan(text, found.id, lambda book: f"{old} is {book.full_name(found.id)} now")

    return _edited(store, path, "move code", plan, by=by, at=at)


def merge(
    store: Store,
    path: Path,
    code: str,
    into: str,
    *,
    dry_run: bool = False,
    by: str,
    at: datetime,
) -> Edited:
    """Make one code of two: `code` leaves the book, `into` has its codings, memos and codes.

    Where both lie on one place by one coder, one coding is left, in doubt if either was. What
    arrives later from a copy that still has the old code is read as the other's. The definition
    of the code that goes stays in the log alone. With `dry_run` all is tried, and nothing done.
    Raises MergeIntoItselfError, MergeIntoOwnCodeError.
    """

    def plan(before: _Before) -> _Plan:
        found, target = code_merging.checked(before.book, before.retired, code, into)
        text = before.text
        for child in before.book.children(found.id):
            if child.id not in before.retired:
                text = move_code(text, child.id, target.id, where=before.where)
        if found.id not in before.retired:
            text = remove_code(text, found.id, where=before.where)
        moved = code_merging.moved(before.act.session, found, target)
        gone = code_record(
            found, position=len(before.book.codes), retired=True, merged_into=target.id
        )
        orphans = tuple(
            replace(child, parent=target.id)
            for child in before.book.children(found.id)
            if child.id in before.retired
        )
        preview = code_merging.preview(before.act.session, before.book, found, target)
        return _Plan(
            text,
            target.id,
            lambda _: f"merged: {preview.sentence()}",
            retired=orphans,
            gone=frozenset({found.id}),
            records=(*moved, gone),
            merged=preview,
        )

    return _edited(store, path, "merge code", plan, dry_run=dry_run, by=by, at=at)


def retire(store: Store, path: Path, code: str, *, by: str, at: datetime) -> Edited:
    """A code, and all under it, leaves the file, keeps its codings and takes no new ones."""

    def plan(before: _Before) -> _Plan:
        found = resolve_code(before.book, code)
        if found.id in before.retired:
            return _Plan(before.text, found.id, lambda _: "")
        retired = tuple(
            one
            for one in before.book.codes
            if found.id in before.book.path(one.id) and one.id not in before.retired
        )
        text = remove_code(before.text, found.id, where=before.where)
        along = f" with {len(retired) - 1} under it" if len(retired) > 1 else ""
        name = before.full_name(found)
        said = f"{name} is retired now{along}: its codings stay, it takes no new ones"
        return _Plan(text, found.id, lambda _: said, retired=retired)

    return _edited(store, path, "retire code", plan, by=by, at=at)


def restore(store: Store, path: Path, code: str, *, by: str, at: datetime) -> Edited:
    """A retired code comes back into the file, with what it stands under and what under it was
    retired with it: as they were written there and where they stood, as far as the file in the log
    tells, else anew and last.

    What was retired by an act of its own stays so, and a key that opens another theme by now stays
    with that.
    """

    def plan(before: _Before) -> _Plan:
        found = resolve_code(before.book, code)
        known = before.book.by_id()
        keys = {one.key for one in before.book.codes if one.id not in before.retired}
        above = [known[one] for one in before.book.path(found.id) if one in before.retired]
        along = _retired_along(before, found)
        back = [replace(one, key=None if one.key in keys else one.key) for one in (*above, *along)]
        text = before.text
        if above:
            earlier = _latest_text_with(before.act.session, above[0].id)
            text = restore_codes(text, earlier, back, where=before.where)
        said = f"{before.full_name(found)} takes codings again"
        return _Plan(text, found.id, lambda _: f"{said}{_and_below(before, found, len(along))}")

    return _edited(store, path, "restore code", plan, by=by, at=at)


def set_key(
    store: Store, path: Path, theme: str, key: str | None, *, by: str, at: datetime
) -> Edited:
    """The letter that opens a theme in the coding screen; None takes it off.

    Raises KeyTakenError where it opens another theme, and SeveralErrors with the reason where the
    coding screen has another use for it, or where the code is no theme.
    """

    def plan(before: _Before) -> _Plan:
        found = before.usable(theme)
        if key is None:
            text = drop_field(before.text, found.id, "key", where=before.where)
            said = f"no key opens {found.id} now"
        else:
            _refuse_taken(before, found, key.strip())
            text = set_field(before.text, found.id, "key", key, where=before.where)
            said = f"the key {key.strip()} opens {found.id} now"
        return _Plan(text, found.id, lambda _: said)

    return _edited(store, path, "key code", plan, by=by, at=at)


def undo(store: Store, path: Path, *, by: str, at: datetime) -> Reverted:
    """Take the coder's latest act back; of an edit of the codebook, in the file too.

    A file that was changed by hand since stays as it is, which is said in `file_left`. Raises
    NothingToUndoError, ChangedSinceError, or CodebookReadOnlyError.
    """
    return _reverted(store, path, reverting.UNDO, Act.undo_latest, by=by, at=at)


def redo(store: Store, path: Path, *, by: str, at: datetime) -> Reverted:
    """Do again what the coder's latest undo took back, in the file too."""
    return _reverted(store, path, reverting.REDO, Act.redo_latest, by=by, at=at)


# -- one act --------------------------------------------------------------------------------------


def _edited(
    store: Store,
    path: Path,
    verb: str,
    plan: Callable[[_Before], _Plan],
    *,
    dry_run: bool = False,
    by: str,
    at: datetime,
) -> Edited:
    opened = store.rehearsing if dry_run else store.act
    with codebook_file.held(path) as file, opened(verb, by=by, at=at) as act:
        text = file.text_to_edit(act.session)
        book, retired = queries.codebook(act.session)
        planned = plan(_Before(act, text, str(path), book, retired))
        if planned.text != text or planned.retired or planned.records:
            # Comments written since are said first, so that taking the edit back leaves them.
            act.ensure([codebook_record(book, text)])
            act.ensure(_records(planned, book, retired, where=str(path)))
        after, now_retired = queries.codebook(act.session)
        if planned.text != text and dry_run:
            file.check_replaceable()
        elif planned.text != text:
            file.replace(planned.text)
    changed = act.changed > 0
    return Edited(
        book=after,
        retired=now_retired,
        code=after.by_id()[planned.code],
        said=planned.said(after) if changed else "nothing to change: it is so already",
        merged=planned.merged,
        changed=changed,
    )


def _records(
    planned: _Plan, book: Codebook, retired: frozenset[str], *, where: str
) -> Iterable[Record]:
    """The book of the new text, and behind it the retired codes."""
    new = load_codebook(planned.text, where=where)
    yield codebook_record(new, planned.text)
    living = new.by_id()
    before = [code for code in book.codes if code.id in retired]
    behind = {
        code.id: code
        for code in (*before, *planned.retired)
        if code.id not in living and code.id not in planned.gone
    }
    for position, code in enumerate((*new.codes, *behind.values())):
        yield code_record(code, position=position, retired=code.id in behind)
    yield from planned.records


def _reverted(
    store: Store,
    path: Path,
    verb: str,
    way: Callable[[Act], list[Record]],
    *,
    by: str,
    at: datetime,
) -> Reverted:
    with codebook_file.held(path) as file, store.act(verb, by=by, at=at) as act:
        _, left = codebook_file.revert(act, way, file)
    return Reverted(act.reverted_verb, act.changed, file_left=left)


def _retired_along(before: _Before, code: Code) -> list[Code]:
    """What stands under a retired code and was retired with it, in book order, without gaps."""
    if code.id not in before.retired:
        return []
    together = codes.retired_with(before.act.session, code.id) & before.retired
    below = before.book.walk(code.id)
    return [one for one, _ in below if together.issuperset(_between(before.book, code, one))]


def _between(book: Codebook, code: Code, below: Code) -> tuple[str, ...]:
    """The ids from under a code down to one below it."""
    path = book.path(below.id)
    return path[path.index(code.id) + 1 :]


def _and_below(before: _Before, code: Code, back: int) -> str:
    """How many under it came back as well, and how many did not."""
    resting = sum(one.id in before.retired for one, _ in before.book.walk(code.id)) - back
    along = f", with {back} under it" if back else ""
    left = f"; {resting} under it stay retired, as they were before it" if resting else ""
    return along + left


def _latest_text_with(session: Session, code: str) -> str | None:
    """The newest text of the codebook in the log that holds a code; None where none does."""
    texts = (text for text in codes.sources(session) if code in text)
    return next((text for text in texts if code in load_codebook(text, where="").by_id()), None)


def _refuse_taken(before: _Before, theme: Code, key: str) -> None:
    opened = {one.key: one.id for one in before.book.themes if one.id not in before.retired}
    other = opened.get(key)
    if key and other is not None and other != theme.id:
        raise KeyTakenError(key, theme=other, free=free_keys([one for one in opened if one]))


def _name_in_one_line(name: str) -> str:
    one_line = " ".join(name.split())
    if not one_line:
        raise CodeUnnamedError
    return one_line


def _free_id(name: str, known: frozenset[str]) -> str:
    """An id made of a name that no code has, nor had before it was retired or merged."""
    wanted = slug(name) or "code"
    found, number = wanted, 1
    while found in known:
        number += 1
        found = f"{wanted[: 60 - len(str(number))].rstrip('-')}-{number}"
    return found
