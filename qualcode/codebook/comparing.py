"""What changes from one codebook to another, code by code; an id is what makes a code the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.model.codebook import Code, Codebook

_TEXTS = ("name", "key", "colour")
_LISTS = ("include", "exclude", "look_for", "examples")
_STANDING = ("proposed",)
_DEFINING = ("definition", *_LISTS)


@dataclass(frozen=True, slots=True)
class CodeChange:
    """One code in both books. `fields` are those that differ, in the order of the file.

    `old_parent`, `new_parent` are the full names of what it stands under, "" for a theme.
    """

    old: Code
    new: Code
    full_name: str
    fields: tuple[str, ...]
    old_parent: str
    new_parent: str


@dataclass(frozen=True, slots=True)
class CodebookChanges:
    """What a new codebook does to an old one.

    `added` are codes of the new book, `removed` of the old one, each with its full name there.
    `reordered` are the full names of what has its codes in another order, "" for the themes.
    `same_name` are pairs of a removed and an added code of one name: perhaps only the id was meant
    to change, but to codings that is another code. `book` are the name and version that differ.
    """

    added: tuple[tuple[str, Code], ...] = ()
    removed: tuple[tuple[str, Code], ...] = ()
    changed: tuple[CodeChange, ...] = ()
    reordered: tuple[str, ...] = ()
    same_name: tuple[tuple[str, str], ...] = ()
    book: tuple[tuple[str, str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.reordered or self.book)

    @property
    def renamed(self) -> tuple[CodeChange, ...]:
        """Codes with another name."""
        return self._with("name")

    @property
    def moved(self) -> tuple[CodeChange, ...]:
        """Codes under another theme or code."""
        return self._with("parent")

    @property
    def recoloured(self) -> tuple[CodeChange, ...]:
        """Codes with another colour."""
        return self._with("colour")

    @property
    def redefined(self) -> tuple[CodeChange, ...]:
        """Codes that coders may now put on other passages."""
        return self._with(*_DEFINING)

    def _with(self, *fields: str) -> tuple[CodeChange, ...]:
        return tuple(change for change in self.changed if set(fields) & set(change.fields))

    @property
    def count(self) -> int:
        """How many codes, orders and facts of the book differ."""
        one_by_one = (self.added, self.removed, self.changed, self.reordered, self.book)
        return sum(map(len, one_by_one))

    def lines(self) -> tuple[str, ...]:
        """The changes for a person to read; nothing where the books are alike."""
        return tuple(_lines(self))


def compare_codebooks(old: Codebook, new: Codebook) -> CodebookChanges:
    """What applying `new` would change, in the order of the new book."""
    before, after = old.by_id(), new.by_id()
    added = tuple((new.full_name(code.id), code) for code in new.codes if code.id not in before)
    removed = tuple((old.full_name(code.id), code) for code in old.codes if code.id not in after)
    changes = (_change(before[code.id], code, old, new) for code in new.codes if code.id in before)
    return CodebookChanges(
        added=added,
        removed=removed,
        changed=tuple(change for change in changes if change.fields),
        reordered=tuple(_reordered(old, new)),
        same_name=tuple(
            (old_name, new_name)
            for old_name, gone in removed
            for new_name, come in added
            if gone.name.casefold() == come.name.casefold()
        ),
        book=tuple(
            (field, getattr(old, field), getattr(new, field))
            for field in ("name", "version")
            if getattr(old, field) != getattr(new, field)
        ),
    )


def _change(one: Code, other: Code, old: Codebook, new: Codebook) -> CodeChange:
    fields = ("parent", *_TEXTS, *_DEFINING, *_STANDING)
    return CodeChange(
        old=one,
        new=other,
        full_name=new.full_name(other.id),
        fields=tuple(field for field in fields if getattr(one, field) != getattr(other, field)),
        old_parent=old.full_name(one.parent) if one.parent else "",
        new_parent=new.full_name(other.parent) if other.parent else "",
    )


def _reordered(old: Codebook, new: Codebook) -> Iterator[str]:
    """What has those codes that stay under it in another order."""
    for parent in (None, *(code.id for code in new.codes if code.id in old.by_id())):
        before = [code.id for code in old.children(parent)]
        after = [code.id for code in new.children(parent)]
        stayed = set(before) & set(after)
        if [id_ for id_ in before if id_ in stayed] != [id_ for id_ in after if id_ in stayed]:
            yield new.full_name(parent) if parent else ""


# -- for people -----------------------------------------------------------------------------------


def _lines(changes: CodebookChanges) -> Iterator[str]:
    for field, before, after in changes.book:
        yield f"~ {'codebook' if field == 'name' else field}: {before} → {after}"
    yield from (f"+ {name}  ({code.name})" for name, code in changes.added)
    yield from (f"- {name}  ({code.name})" for name, code in changes.removed)
    for old_name, new_name in changes.same_name:
        yield f"? {new_name} has the name of {old_name}: under another id it is another code"
    for change in changes.changed:
        yield f"~ {change.full_name}"
        yield from (
            f"    {line}" for field in change.fields for line in _field_lines(change, field)
        )
    for name in changes.reordered:
        yield f"~ {name}: its codes in another order" if name else "~ the themes in another order"


def _field_lines(change: CodeChange, field: str) -> Iterator[str]:
    if field == "parent":
        yield f"moved: {change.old_parent or 'themes'} → {change.new_parent or 'themes'}"
    elif field in _LISTS:
        before, after = getattr(change.old, field), getattr(change.new, field)
        gone = [f"- {text}" for text in before if text not in after]
        come = [f"+ {text}" for text in after if text not in before]
        yield f"{field}: {', '.join(gone + come) or 'in another order'}"
    elif field == "proposed":
        yield "proposed" if change.new.proposed else "no longer proposed"
    elif field == "definition":
        yield f"definition, before: {change.old.definition or 'none'}"
        yield f"definition, now: {change.new.definition or 'none'}"
    else:
        before, after = getattr(change.old, field), getattr(change.new, field)
        yield f"{field}: {before or 'none'} → {after or 'none'}"
