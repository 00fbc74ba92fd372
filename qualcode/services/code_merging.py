"""What making one code of two does to the codings and memos on the code that goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qualcode.codebook.resolving import resolve_code
from qualcode.errors import CodebookEditError
from qualcode.model.codebook import Code, Codebook
from qualcode.model.coding import Coding, Memo, MemoTarget, Segment
from qualcode.model.people import coder_key
from qualcode.services.coding import usable_code
from qualcode.services.places import PlacedText
from qualcode.store import codes, merging, queries, records
from qualcode.store.codes import PlacedCoding
from qualcode.store.engine import Session
from qualcode.store.kinds import Record

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
        said = [_count(self.codings, "coding")]
        if self.codings:
            said[0] += f" of {_count(len(self.coders), 'coder')}"
        if self.doubled:
            said[0] += f" ({self.doubled} of them where {self.into} lies already)"
        if self.memos:
            said.append(_count(self.memos, "memo"))
        if self.children:
            said.append(_count(len(self.children), "code"))
        return f"{', '.join(said)} from {self.code} to {self.into}"


def checked(book: Codebook, retired: frozenset[str], code: str, into: str) -> tuple[Code, Code]:
    """Both codes; raises UnknownCodeError, RetiredCodeError or CodebookEditError."""
    found, target = resolve_code(book, code), usable_code(book, retired, into)
    if found.id == target.id:
        raise CodebookEditError(
            f"'{book.full_name(found.id)}' cannot be merged into itself",
            mend="Name two codes: the one that goes, and the one that stays.",
        )
    if found.id in book.path(target.id):
        raise CodebookEditError(
            f"'{book.full_name(target.id)}' stands under '{book.full_name(found.id)}'",
            mend="Merge them the other way round, or move that code out first.",
        )
    return found, target


def preview(session: Session, book: Codebook, code: Code, into: Code) -> MergePreview:
    """What merging would move."""
    placed = _placed(session, code)
    codings = [one.coding for one in _each_once(placed)]
    there = {_place(one.coding) for one in _placed(session, into)}
    return MergePreview(
        code=book.full_name(code.id),
        into=book.full_name(into.id),
        codings=len(codings),
        coders=tuple(sorted({one.coder for one in codings})),
        doubled=sum(_place(one) in there for one in codings),
        memos=len(_memos_on(session, code, placed)),
        children=tuple(book.full_name(child.id) for child in book.children(code.id)),
        examples=tuple(_examples(session, codings)),
    )


def moved(session: Session, code: Code, into: Code) -> list[Record]:
    """The codings of one code as those of another, and the memos on them and on the code."""
    going = _placed(session, code)
    there = {_place(one.coding): one.coding for one in _placed(session, into)}
    said: list[Record] = []
    for placed in going:
        old = placed.coding
        same = there.get(_place(old))
        doubt = old.doubt or (same is not None and same.doubt)
        new = replace(same or old, code=into.id, doubt=doubt)
        there[_place(old)] = new
        said.append(records.coding_record(old, transcript=placed.transcript, holds=False))
        said.append(records.coding_record(new, transcript=placed.transcript))
    targets = {one.coding.uid: one for one in going}
    for memo in _memos_on(session, code, going):
        placed_on = targets.get(memo.target)
        new_target = replace(placed_on.coding, code=into.id).uid if placed_on else into.id
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
    on_codings = {one.coding.uid for one in codings}
    return [
        memo
        for memo in queries.memos(session)
        if (memo.target_kind is MemoTarget.CODING and memo.target in on_codings)
        or (memo.target_kind is MemoTarget.CODE and memo.target == code.id)
    ]


def _each_once(codings: Sequence[PlacedCoding]) -> list[PlacedCoding]:
    return list({_place(one.coding): one for one in codings}.values())


def _place(coding: Coding) -> tuple[Segment, str]:
    return coding.segment, coder_key(coding.coder)


def _examples(session: Session, codings: Sequence[Coding]) -> Iterator[str]:
    """Where the first few lie, by transcript and place."""
    names = {ref.version: ref.name for ref in queries.current_versions(session)}
    segments = {coding.segment for coding in codings}
    current = {(names[s.version], s.start, s.version) for s in segments if s.version in names}
    chosen = sorted(current)[:_EXAMPLES]
    texts = queries.texts(session, sorted({version for _, _, version in chosen}))
    for name, start, version in chosen:
        yield PlacedText(name, texts[version]).locator(start)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else f'{noun}s'}"
