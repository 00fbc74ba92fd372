"""Making a project, finding it, opening it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from qualcode import errors
from qualcode.codebook import blank_codebook, load_codebook
from qualcode.model.project import ProjectFacts
from qualcode.services.book import codebooks
from qualcode.store import engine, files, queries, records, store
from qualcode.store.store import Store

TRANSCRIPTS = "transcripts"
CODEBOOK = "codebook.yaml"


@dataclass(frozen=True, slots=True)
class NewProject:
    """What `new_project` made: where the store is, and the two things that a person fills.

    `place` opens it; `where` is the same to be shown, without the password of a URL.
    """

    place: str
    where: str
    folder: Path
    codebook: Path
    transcripts: Path
    codes: int


def find_project(given: str | None, *, environment: str | None, folder: Path) -> str:
    """The project that is meant: the one given, that of the environment, or the nearest.

    A folder stands for the one project in it. Without a word, the one `*.qualcode` of `folder` or
    of its nearest parent that has one. Raises ProjectNotGivenError or StoreMissingError.
    """
    named = given or environment
    if named is None:
        for place in (folder, *folder.parents):
            found = _projects_in(place)
            if found:
                return _the_one(found, place)
        raise errors.ProjectNotGivenError(folder=str(folder))
    if engine.is_url(named):
        return named
    path = Path(named)
    if path.is_dir():
        found = _projects_in(path)
        if not found:
            raise errors.StoreMissingError(where=named)
        return _the_one(found, path)
    return named


def project_folder(place: str, *, working_folder: Path) -> Path:
    """The folder of a project, where its codebook and its recordings are looked for.

    It is that of the project's file, be the file reached by links; a project on a server has none,
    and for it the folder somebody works in stands.
    """
    return working_folder if engine.is_url(place) else Path(place).resolve().parent


def new_place(given: str | None, *, environment: str | None) -> str | None:
    """Where a new project's store is to be: the place given, or the server of the environment.

    None is the new folder itself: a path in the environment is the project of other commands.
    """
    if given is None and environment is not None and engine.is_url(environment):
        return environment
    return given


def open_project(
    place: str,
    *,
    lock_wait_ms: int = engine.LOCK_WAIT_MS,
    as_found: bool = False,
    passphrase: str | None = None,
) -> Store:
    """The open store at a path or URL; raises the errors of `open_store`.

    `lock_wait_ms` is how long an act waits for another writer. With `as_found` it is opened
    however damaged it is, to be examined. `passphrase` opens sealed names.
    """
    return store.open_store(
        place, lock_wait_ms=lock_wait_ms, as_found=as_found, passphrase=passphrase
    )


def project_facts(opened: Store) -> ProjectFacts:
    """What the project says of itself."""
    with opened.reading() as session:
        return queries.project(session)


def rename_project(opened: Store, name: str, *, by: str, at: datetime) -> bool:
    """Give a project another name; its files keep theirs. False where it is called so already.

    Raises ProjectUnnamedError.
    """
    called = " ".join(name.split())
    if not called:
        raise errors.ProjectUnnamedError
    with opened.act("rename project", by=by, at=at) as act:
        facts = replace(queries.project(act.session), name=called)
        return bool(act.ensure([records.project_record(facts)]))


def new_project(
    folder: Path,
    *,
    name: str | None = None,
    codebook: Path | None = None,
    place: str | None = None,
    language: str = "en",
    by: str,
    at: datetime,
) -> NewProject:
    """An empty project in a folder: a store, a codebook and a place for transcripts.

    `codebook` is copied and applied; without one a short codebook to fill in is written. `place`
    is a database URL where the store is to live on a server. A codebook or transcripts that lie in
    the folder already are taken as they are. The store appears last, with its codes: killed before,
    the same call goes on. Raises FileExistsAlreadyError where a store exists, or another codebook,
    and ProjectElsewhereError for a path in another folder: its codebook would not be found there.
    """
    title = name or folder.resolve().name.replace("-", " ").replace("_", " ").strip() or "project"
    home = folder / f"{folder.resolve().name}{store.SUFFIX}"
    where = place or str(home)
    book = folder / CODEBOOK
    if project_folder(where, working_folder=folder).resolve() != folder.resolve():
        raise errors.ProjectElsewhereError(where=where, folder=str(folder))
    if place is None and folder.is_dir() and _projects_in(folder):
        files.sweep(_projects_in(folder)[0])
        raise errors.FileExistsAlreadyError(where=str(_projects_in(folder)[0]))
    source = codebook or (book if book.exists() else None)
    content = blank_codebook(title).encode() if source is None else codebooks.read_bytes(source)
    if book.exists() and codebooks.read_bytes(book) != content:
        raise errors.FileExistsAlreadyError(where=str(book))
    text = codebooks.decoded(content, where=str(source or book))
    codes = len(
        load_codebook(text, where=str(source or book)).codes
    )  # nothing is made for mistakes
    made: list[Path] = []
    try:
        for path in (folder, folder / TRANSCRIPTS):
            if not path.exists():
                made.append(path)
                path.mkdir(parents=True, exist_ok=True)
        if not book.exists():
            with files.appearing(book) as draft:
                draft.write_bytes(content)
            made.append(book)
        files.sweep(book)
        opened = store.create_store(
            where,
            name=title,
            language=language,
            first_act=(codebooks.APPLY, partial(codebooks.begin, text=text, where=str(book))),
            by=by,
            at=at,
        )
        opened.close()
    except BaseException as problem:
        _take_back(made)
        if isinstance(problem, OSError):
            why = (problem.strerror or "no access").lower()
            raise errors.OutputError(where=str(folder), why=why) from None
        raise
    shown = opened.where
    return NewProject(where, shown, folder, book, folder / TRANSCRIPTS, codes)


def _projects_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob(f"*{store.SUFFIX}") if path.is_file())


def _the_one(found: list[Path], folder: Path) -> str:
    if len(found) > 1:
        raise errors.ProjectNotGivenError(folder=str(folder), found=[p.name for p in found])
    return str(found[0])


def _take_back(made: list[Path]) -> None:
    """Leave no half-made project: take away what this call made, and no folder with more in it."""
    for path in reversed(made):
        with contextlib.suppress(OSError):  # a folder with more in it, or nothing there
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink()
