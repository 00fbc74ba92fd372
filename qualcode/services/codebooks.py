"""The codebook between its file and the store: check, compare, apply, show.

`codebook.yaml` is the source. Applying it brings the store's codes in line with the file, and
never lets a code that holds codings vanish unsaid.
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
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise errors.CodebookFieldError(
            "the codebook cannot be read",
            where=str(path),
            mend="Check the path and that you may open it.",
        ) from problem
    except UnicodeDecodeError as problem:
        raise errors.CodebookFieldError(
            "the codebook is not saved as UTF-8",
            where=str(path),
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


def compare(store: Store, path: Path) -> CodebookChanges:
    """What applying the file would change."""
    book = check_codebook(path)
    with store.reading() as session:
        known, retired = queries.codebook(session)
    return compare_codebooks(_without(known, retired), book)


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
    CodesInUseError unless `retire`: then it rests, keeps its codings, and takes no new ones.
    """
    text = read_text(path)
    book = load_codebook(text, where=str(path))
    opened = store.rehearsing if dry_run else store.act
    with opened("apply codebook", by=by, at=at) as act:
        known, resting = queries.codebook(act.session)
        changes = compare_codebooks(_without(known, resting), book)
        gone = [code.id for code in known.codes if code.id not in book.by_id()]
        counts = queries.coding_counts(act.session)
        used = [one for one in gone if counts.get(one) or one in resting]
        missed = [one for one in used if one not in resting]
        if missed and not retire:
            raise errors.CodesInUseError(
                [(known.full_name(one), counts[one]) for one in missed], where=str(path)
            )
        # A retired code keeps its theme: without it, its codings would stand in no column.
        rests = [one for one in gone if any(one in known.path(code) for code in used)]
        _write(act, known, book, gone=gone, rests=rests, text=text)
    return Applied(changes, len(book.codes), tuple(known.full_name(one) for one in missed))


def _write(
    act: Act, known: Codebook, book: Codebook, *, gone: list[str], rests: list[str], text: str
) -> None:
    codes = known.by_id()
    kept = [code_record(code, position=at) for at, code in enumerate(book.codes)]
    rested = [
        code_record(codes[one], position=len(book.codes) + at, retired=True)
        for at, one in enumerate(rests)
    ]
    dropped = [Record(CODE, (one,), None) for one in gone if one not in rests]
    act.ensure([codebook_record(book, text), *kept, *rested, *dropped])


def _without(book: Codebook, retired: frozenset[str]) -> Codebook:
    codes = tuple(code for code in book.codes if code.id not in retired)
    return Codebook(book.name, book.version, codes)
