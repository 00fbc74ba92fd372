"""The codebook between its file and the store: check, compare, apply, show.

`codebook.yaml` is the source. Applying it brings the store's codes in line with the file, and
never lets a code that holds codings vanish unsaid. A whole file is taken here, as a person wrote
it; changes of one code, which are written into the file, are `codebook_editing.py`, and how the
file stands to the store is `codebook_file.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qualcode import errors
from qualcode.codebook import CodebookChanges, compare_codebooks, load_codebook
from qualcode.model.codebook import Codebook
from qualcode.store import queries
from qualcode.store.acts import Act
from qualcode.store.kinds import CODE, Record
from qualcode.store.records import code_record, codebook_record
from qualcode.store.store import Store

APPLY = "apply codebook"


@dataclass(frozen=True, slots=True)
class ShownCodebook:
    """The codes that are applied, with the number of codings of each; retired ones come last."""

    codebook: Codebook
    counts: Mapping[str, int]
    retired: frozenset[str]


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying changed: the difference, the number of codes now, those that were retired."""

    changes: CodebookChanges
    codes: int
    retired: tuple[str, ...]


def read_text(path: Path) -> str:
    """The text of a codebook file; raises CodebookFieldError where it cannot be read."""
    return decoded(read_bytes(path), where=str(path))


def read_bytes(path: Path) -> bytes:
    """The bytes of a codebook file; raises CodebookFieldError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as problem:
        raise errors.CodebookFieldError(
            "the codebook cannot be read",
            where=str(path),
            mend="Check the path and that you may open it.",
        ) from problem


def decoded(content: bytes, *, where: str) -> str:
    """The text of such bytes; raises CodebookFieldError where they are no UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise errors.CodebookFieldError(
            "the codebook is not saved as UTF-8",
            where=where,
            mend="Save it as UTF-8 in your editor.",
        ) from problem


def check_codebook(path: Path) -> Codebook:
    """The codebook of a file; raises SeveralErrors with all its mistakes at once."""
    return load_codebook(read_text(path), where=str(path))


def show_codebook(store: Store) -> ShownCodebook:
    """The codes in the store with their counts."""
    with store.reading() as session:
        book, retired = queries.codebook(session)
        return ShownCodebook(book, queries.coding_counts(session), retired)


def living(book: Codebook, retired: frozenset[str]) -> Codebook:
    """The codes that take new codings: those that the file has when it is as it was applied."""
    codes = tuple(code for code in book.codes if code.id not in retired)
    return Codebook(book.name, book.version, codes)


def compare(store: Store, path: Path) -> CodebookChanges:
    """What applying the file would change."""
    book = check_codebook(path)
    with store.reading() as session:
        known = living(*queries.codebook(session))
    return compare_codebooks(known, book)


def apply(
    store: Store,
    path: Path,
    *,
    retire: bool = False,
    dry_run: bool = False,
    by: str,
    at: datetime,
) -> Applied:
    """Bring the codes of the store in line with the file.

    A code that is gone from the file is taken out; with codings on it, that is refused with
    CodesInUseError unless `retire`: then it keeps its codings, and takes no new ones.
    """
    text = read_text(path)
    book = load_codebook(text, where=str(path))
    opened = store.rehearsing if dry_run else store.act
    with opened(APPLY, by=by, at=at) as act:
        known, retired = queries.codebook(act.session)
        changes = compare_codebooks(living(known, retired), book)
        gone = [code.id for code in known.codes if code.id not in book.by_id()]
        counts = queries.coding_counts(act.session, with_waiting=True)
        used = [one for one in gone if counts.get(one) or one in retired]
        missed = [one for one in used if one not in retired]
        if missed and not retire:
            raise errors.CodesInUseError(
                [(known.full_name(one), counts[one]) for one in missed], where=str(path)
            )
        # A retired code keeps its theme: without it, its codings would stand in no column.
        kept = [one for one in gone if any(one in known.path(code) for code in used)]
        _write(act, known, book, gone=gone, retired=kept, text=text)
    return Applied(changes, len(book.codes), tuple(known.full_name(one) for one in missed))


def begin(act: Act, text: str, *, where: str) -> None:
    """Lay the codes of a codebook's text into a project that has none."""
    _write(
        act, Codebook("", "", ()), load_codebook(text, where=where), gone=[], retired=[], text=text
    )


def _write(
    act: Act, known: Codebook, book: Codebook, *, gone: list[str], retired: list[str], text: str
) -> None:
    codes = known.by_id()
    kept = [code_record(code, position=at) for at, code in enumerate(book.codes)]
    behind = [
        code_record(codes[one], position=len(book.codes) + at, retired=True)
        for at, one in enumerate(retired)
    ]
    dropped = [Record(CODE, (one,), None) for one in gone if one not in retired]
    act.ensure([codebook_record(book, text), *kept, *behind, *dropped])
