"""What making one code of two does to the codings and memos on the code that goes.

The act itself, which changes the book and its file too, is in `codebook_editing.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qualcode.codebook.resolving import resolve_code
from qualcode.errors import MergeIntoItselfError, MergeIntoOwnCodeError
from qualcode.model.codebook import Code, Codebook
from qualcode.model.coding import Coding, Memo, MemoTarget
from qualcode.services.places import PlacedText
from qualcode.services.work.coding import usable_code
from qualcode.store import codes, merging, queries, records
from qualcode.store.codes import PlacedCoding
from qualcode.store.engine import Session
from qualcode.store.kinds import Record
from qualcode.text.counting import counted

_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging would move. `doubled` codings lie where the other code's already do.

    `code`, `into` are full names; `coders` are names; `memos` those on the codings and on the code;
    `children` the full names of the codes that would go along; `examples` places of a few codings.
    """

    code: str
    into: str
    codings: int
    coders: tuple[str, ...]
    doubled: int
    memos: int
    children: tuple[str, ...]
    examples: tuple[str, ...]

    def sentence(self) -> str:
        """The same for a person: `41 codings of 2 coders, 3 of them where … lies already`."""
        said = [counted(self.codings, "coding")]
        if self.codings:
            said[0] += f" of {counted(len(self.coders), 'coder')}"
        if self.doubled:
            said[0] += f" ({self.doubled} of them where {self.into} lies already)"
        if self.memos:
            said.append(counted(self.memos, "memo"))
        if self.children:
            said.append(counted(len(self.children), "code"))
        return f"{', '.join(said)} from {self.code} to {self.into}"


def checked(book: Codebook, retired: frozenset[str], code: str, into: str) -> tuple[Code, Code]:
    """Both codes.

    Raises UnknownCodeError, RetiredCodeError, MergeIntoItselfError or MergeIntoOwnCodeError.
    """
    found, target = resolve_code(book, code), usable_code(book, retired, into)
    if found.id == target.id:
        raise MergeIntoItselfError(book.full_name(found.id))
    if found.id in book.path(target.id):
        raise MergeIntoOwnCodeError(book.full_name(found.id), into=book.full_name(target.id))
    return found, target


def preview(session: Session, book: Codebook, code: Code, into: Code) -> MergePreview:
    """What merging would move."""
    placed = _placed(session, code)
    codings = merging.each_once(_as(one.coding, code) for one in placed)
    there = {_as(one.coding, into).key for one in _placed(session, into)}
    return MergePreview(
        code=book.full_name(code.id),
        into=book.full_name(into.id),
        codings=len(codings),
        coders=tuple(sorted({one.coder for one in codings})),
        doubled=sum(_as(one, into).key in there for one in codings),
        memos=len(_memos_on(session, code, placed)),
        children=tuple(book.full_name(child.id) for child in book.children(code.id)),
        examples=tuple(_examples(session, codings)),
    )


def moved(session: Session, code: Code, into: Code) -> list[Record]:
    """The codings of one code as those of another, and the memos on them and on the code."""
    going = _placed(session, code)
    there = {_as(one.coding, into).key: one.coding for one in _placed(session, into)}
    said: list[Record] = []
    for placed in going:
        old = placed.coding
        key = _as(old, into).key
        same = there.get(key)
        doubt = old.doubt or (same is not None and same.doubt)
        new = replace(_as(same or old, into), doubt=doubt)
        there[key] = new
        said.append(records.coding_record(old, transcript=placed.transcript, holds=False))
        said.append(records.coding_record(new, transcript=placed.transcript))
    targets = {_as(one.coding, code).uid: one for one in going}
    for memo in _memos_on(session, code, going):
        placed_on = targets.get(memo.target)
        new_target = _as(placed_on.coding, into).uid if placed_on else into.id
        scope = placed_on.transcript if placed_on else None
        said.append(records.memo_record(replace(memo, target=new_target), scope=scope))
    return said


def _placed(session: Session, code: Code) -> list[PlacedCoding]:
    """Its codings, with those that arrived under the id of a code that went into it before."""
    survivors = merging.survivors(session)
    return codes.placed_codings(
        session, [code.id, *(old for old, survivor in survivors.items() if survivor == code.id)]
    )


def _memos_on(session: Session, code: Code, codings: Sequence[PlacedCoding]) -> list[Memo]:
    on_codings = {_as(one.coding, code).uid for one in codings}
    return [
        memo
        for memo in queries.memos(session)
        if (memo.target_kind is MemoTarget.CODING and memo.target in on_codings)
        or (memo.target_kind is MemoTarget.CODE and memo.target == code.id)
    ]


def _as(coding: Coding, code: Code) -> Coding:
    """The coding as one of this code: one that was merged into it before is read so."""
    return replace(coding, code=code.id)


def _examples(session: Session, codings: Sequence[Coding]) -> Iterator[str]:
    """Where the first few lie, by transcript and place."""
    names = {ref.version: ref.name for ref in queries.current_versions(session)}
    segments = {coding.segment for coding in codings}
    current = {(names[s.version], s.start, s.version) for s in segments if s.version in names}
    chosen = sorted(current)[:_EXAMPLES]
    texts = queries.texts(session, sorted({version for _, _, version in chosen}))
    for name, start, version in chosen:
        yield PlacedText(name, texts[version]).locator(start)
