"""The Python face: a project with the same powers, the same gate and the same errors as the
command line.

    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp()) / "fairground"
    >>> with new(folder, coder="amina") as project:
    ...     _ = (folder / "transcripts" / "P01.txt").write_text(
    ...         "I: Who pays for the fair?\\n\\nP01: The council gave us a grant, once.\\n\\n"
    ...         "I: And now?\\n\\nP01: Now we pass a bucket round.\\n"
    ...     )
    ...     _ = (folder / "codebook.yaml").write_text(
    ...         "codebook: Fairs\\nversion: 1\\nthemes:\\n  - id: money\\n    name: Money\\n"
    ...     )
    ...     _ = project.apply_codebook()
    ...     report = project.import_transcripts()
    ...     _ = project.tag("P01", "money", quote="The council gave us a grant")
    ...     [(q.locator, q.text) for q in project.quotes("money")]
    [('P01 ¶2', 'The council gave us a grant')]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from os import PathLike, fspath
from pathlib import Path
from typing import TypeVar

from qualcode import errors
from qualcode.codebook import CodebookChanges
from qualcode.model.coding import Memo, MemoType
from qualcode.model.examination import Examination, Mending
from qualcode.model.matrix import ExportReport, MatrixReport, Quotation
from qualcode.model.people import SCRIPT, Participant, Role, Speaker
from qualcode.model.transcript import StoredTranscript
from qualcode.services import (
    charting,
    codebook_editing,
    codebooks,
    coders,
    coding,
    coding_table,
    exporting,
    importing,
    keeping,
    listing,
    memos,
    people,
    projects,
    retrieving,
)
from qualcode.services.codebook_editor import CodebookEditor
from qualcode.services.importing import Progress
from qualcode.services.progress import Overview, finish, overview
from qualcode.store.store import Store

Pathish = str | PathLike[str]
Where = Mapping[str, str | Sequence[str]]
_Word = TypeVar("_Word", bound=StrEnum)


def open(project: Pathish | None = None, *, coder: str | None = None) -> Project:  # noqa: A001
    """The project at a path, in a folder, or at a database URL.

    Without `project`, the one of the working folder or its nearest parent. `coder` is who acts;
    coding needs one. Raises StoreMissingError, StoreNotOursError, StoreDamagedError,
    StoreNewerError, StoreLockedError.
    """
    given = None if project is None else fspath(project)
    place = projects.find_project(given, environment=None, folder=Path.cwd())
    folder = projects.project_folder(place, working_folder=Path.cwd())
    return Project(projects.open_project(place), folder, coder)


def new(
    folder: Pathish,
    *,
    name: str | None = None,
    codebook: Pathish | None = None,
    language: str = "en",
    url: str | None = None,
    coder: str | None = None,
) -> Project:
    """A new project in a folder, opened. `url` puts its store on a PostgreSQL server."""
    made = projects.new_project(
        Path(folder),
        name=name,
        codebook=None if codebook is None else Path(codebook),
        place=url,
        language=language,
        by=coder or SCRIPT,
        at=_now(),
    )
    folder = projects.project_folder(made.place, working_folder=made.folder)
    return Project(projects.open_project(made.place), folder, coder)


@dataclass(frozen=True)
class MatrixTable:
    """A matrix as a value (`report`), to be looked at or written."""

    report: MatrixReport

    def write(self, file: Pathish, *, format: str | None = None) -> ExportReport:  # noqa: A002
        """Write it as the ending says, `.docx`, `.csv` or `.json`; whole or not at all."""
        return exporting.save_matrix(self.report, Path(file), format=format)


class Project:
    """An open project; use it in `with`, or close it."""

    def __init__(self, store: Store, folder: Path, coder: str | None) -> None:
        self._store = store
        self.folder = folder
        self.coder = coder

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file or the server."""
        self._store.close()

    # -- bringing in ------------------------------------------------------------------------------

    def import_transcripts(
        self,
        paths: Sequence[Pathish] | None = None,
        *,
        manifest: Pathish | None = None,
        format: str | None = None,  # noqa: A002
        encoding: str | None = None,
        date_order: str | None = None,
        dry_run: bool = False,
        keep_going: bool = False,
        progress: Progress | None = None,
    ) -> importing.ImportReport:
        """Bring in files and folders; without any, the manifest's or the folder `transcripts`.

        All or nothing, unless `keep_going`: look at `rejected` and `written` of the report.
        """
        chosen = [Path(path) for path in paths or ()]
        if not chosen and manifest is None:
            chosen = [self.folder / projects.TRANSCRIPTS]
        return importing.import_transcripts(
            self._store,
            chosen,
            manifest=None if manifest is None else Path(manifest),
            format=format,
            encoding=encoding,
            date_order=date_order,
            dry_run=dry_run,
            keep_going=keep_going,
            by=self._actor(),
            at=_now(),
            progress=progress,
        )

    def apply_codebook(
        self, file: Pathish | None = None, *, retire: bool = False, dry_run: bool = False
    ) -> codebooks.Applied:
        """Bring the codes in line with `codebook.yaml`, or the file given."""
        path, by = self._book(file), self._actor()
        return codebooks.apply(self._store, path, retire=retire, dry_run=dry_run, by=by, at=_now())

    @property
    def edit(self) -> CodebookEditor:
        """The codes one by one, in `codebook.yaml` and the project at once."""
        return CodebookEditor(self._store, self._book(), by=self._actor(), now=_now)

    # -- looking ----------------------------------------------------------------------------------

    def transcripts(self) -> tuple[StoredTranscript, ...]:
        """All transcripts by name."""
        return listing.list_transcripts(self._store)

    def transcript(self, name: str) -> listing.ShownTranscript:
        """One transcript with its words, turns and marks."""
        return listing.show_transcript(self._store, name)

    def participants(self) -> tuple[Participant, ...]:
        """All participants by code."""
        return people.list_participants(self._store)

    def participant(self, code: str) -> people.ShownParticipant:
        """One participant with the transcripts they speak in and how they would be cited."""
        return people.show_participant(self._store, code)

    def compare_codebook(self, file: Pathish | None = None) -> CodebookChanges:
        """What applying `codebook.yaml`, or the file given, would change."""
        return codebooks.compare(self._store, self._book(file))

    def codebook(self) -> codebooks.ShownCodebook:
        """The codes with their counts."""
        return codebooks.show_codebook(self._store)

    def coders(self) -> tuple[coders.CoderWork, ...]:
        """Who has done how much."""
        return coders.list_coders(self._store)

    def progress(self) -> Overview:
        """How far everybody is, and where this coder stands with each transcript."""
        return overview(self._store, coder=self.coder or None)

    # -- looking after ----------------------------------------------------------------------------

    def remove_transcript(self, name: str) -> StoredTranscript:
        """Take a transcript without codings out; undo brings it back."""
        return listing.remove_transcript(self._store, name, by=self._actor(), at=_now())

    def set_speaker(
        self,
        transcript: str,
        label: str,
        *,
        role: Role | str | None = None,
        participant: str | None = None,
    ) -> Speaker:
        """Say what a speaker's label is, and whose."""
        return listing.set_speaker(
            self._store,
            transcript,
            label,
            role=None if role is None else _one_of(Role, role),
            participant=participant,
            by=self._actor(),
            at=_now(),
        )

    def set_participant(
        self, code: str, *, new: bool = False, **changes: str | None
    ) -> Participant:
        """Change what is known of a participant; `name` goes to the identities alone.

        `new` makes one known whose code nobody has yet.
        """
        return people.set_participant(
            self._store, code, changes, new=new, by=self._actor(), at=_now()
        )

    def import_participants(self, table: Pathish, *, dry_run: bool = False) -> tuple[int, int]:
        """Take participants from a CSV; returns how many were changed and how many were not."""
        return people.import_participants(
            self._store, Path(table), dry_run=dry_run, by=self._actor(), at=_now()
        )

    # -- coding -----------------------------------------------------------------------------------

    def tag(
        self,
        transcript: str,
        code: str,
        *,
        span: tuple[int, int] | None = None,
        turn: int | tuple[int, int] | None = None,
        quote: str | None = None,
        sentence: bool = False,
        threshold: float | None = None,
        doubt: bool = False,
        memo: str | None = None,
    ) -> coding.Tagged:
        """Put a code on a span, on turns, or on quoted words."""
        place = _place(span, turn, quote, sentence, threshold)
        return coding.tag(
            self._store,
            transcript,
            code,
            place,
            doubt=doubt,
            memo=memo,
            by=self._coder(),
            at=_now(),
        )

    def untag(
        self,
        transcript: str,
        code: str,
        *,
        span: tuple[int, int] | None = None,
        turn: int | tuple[int, int] | None = None,
        quote: str | None = None,
        sentence: bool = False,
        threshold: float | None = None,
    ) -> coding.Tagged:
        """Take the coder's own coding off again."""
        place = _place(span, turn, quote, sentence, threshold)
        return coding.untag(self._store, transcript, code, place, by=self._coder(), at=_now())

    def tag_from(
        self, table: Pathish, *, dry_run: bool = False, progress: Progress | None = None
    ) -> coding_table.TableReport:
        """Put all codings of a CSV in, in one act."""
        return coding_table.tag_from(
            self._store, Path(table), dry_run=dry_run, by=self.coder, at=_now(), progress=progress
        )

    def finish(self, transcript: str, *, finished: bool = True) -> bool:
        """Say that the coder is done with a transcript, or is not; returns whether that is new."""
        return finish(self._store, transcript, finished=finished, by=self._coder(), at=_now())

    def undo(self) -> coding.Reverted:
        """Take the coder's latest act back; of an edit of the codebook, in the file too.

        `file_left` of what is returned says that the file was changed by hand, so that it stays.
        """
        return codebook_editing.undo(self._store, self._book(), by=self._coder(), at=_now())

    def redo(self) -> coding.Reverted:
        """Do again what the latest undo took back."""
        return codebook_editing.redo(self._store, self._book(), by=self._coder(), at=_now())

    def add_memo(self, target: str, body: str, *, type: MemoType | str = MemoType.NOTE) -> Memo:  # noqa: A002
        """Write a memo on a transcript, participant, code, coding, passage, or the project."""
        return memos.add_memo(
            self._store, target, body, type=_one_of(MemoType, type), by=self._coder(), at=_now()
        )

    def remove_memo(self, uid: str) -> Memo:
        """Take a memo back; undo brings it back."""
        return memos.remove_memo(self._store, uid, by=self._coder(), at=_now())

    def memos(
        self,
        target: str | None = None,
        *,
        coder: str | None = None,
        type: MemoType | str | None = None,  # noqa: A002
    ) -> tuple[memos.ShownMemo, ...]:
        """Memos in the order in which they were written, narrowed by what is given."""
        wanted = None if type is None else _one_of(MemoType, type)
        return memos.list_memos(self._store, target=target, coder=coder, type=wanted)

    # -- ways out ---------------------------------------------------------------------------------

    def quotes(
        self,
        *codes: str,
        where: Where | None = None,
        coder: str | None = None,
        context: int = 0,
    ) -> tuple[Quotation, ...]:
        """Coded passages of these codes and all below them; what is withheld is not among them."""
        return retrieving.quotes(
            self._store, codes, where=_filters(where), coder=coder, context=context
        ).quotations

    def search(
        self,
        query: str,
        *,
        where: Where | None = None,
        role: Role | str | None = None,
        width: int = 60,
    ) -> tuple[retrieving.Hit, ...]:
        """Where words, a "phrase", fund* or /a regular expression/ stand, in `width` characters."""
        wanted = None if role is None else _one_of(Role, role)
        found = retrieving.search(
            self._store, query, where=_filters(where), role=wanted, width=width
        )
        return found.hits

    def matrix(
        self,
        *,
        rows: str | None = None,
        columns: str = "themes",
        cells: str = "quotes",
        where: Where | None = None,
        coder: str | None = None,
        title: str | None = None,
    ) -> MatrixTable:
        """Quotations side by side: cases by themes or codes."""
        report = charting.build_matrix(
            self._store,
            rows=rows,
            columns=columns,
            cells=cells,
            where=_filters(where),
            coder=coder,
            title=title,
            at=_now(),
        )
        return MatrixTable(report)

    # -- keeping ----------------------------------------------------------------------------------

    def examine(self) -> Examination:
        """What can be said of the health of the store."""
        return keeping.examine(self._store)

    def mend(self) -> Mending:
        """Rebuild what the log can rebuild, after a verified copy."""
        return keeping.mend(self._store, at=_now())

    def back_up(self, file: Pathish | None = None) -> Path:
        """A verified copy of the project, without the identities."""
        target = None if file is None else Path(file)
        return keeping.back_up(self._store, target, at=_now())

    def _coder(self) -> str:
        if not self.coder:
            raise errors.CoderNotGivenError
        return self.coder

    def _book(self, file: Pathish | None = None) -> Path:
        return self.folder / projects.CODEBOOK if file is None else Path(file)

    def _actor(self) -> str:
        return self.coder or SCRIPT


def _place(
    span: tuple[int, int] | None,
    turn: int | tuple[int, int] | None,
    quote: str | None,
    sentence: bool,
    threshold: float | None,
) -> coding.Place:
    if sum(one is not None for one in (span, turn, quote)) != 1:
        raise errors.UsageError(
            "a place is one of span, turn and quote", mend="Give exactly one of them."
        )
    turns = (turn, turn) if isinstance(turn, int) else turn
    return coding.Place(span, turns, quote, threshold, sentence)


def _one_of(kind: type[_Word], given: str) -> _Word:
    """The word of a closed list; raises UsageError with the list."""
    try:
        return kind(given)
    except ValueError:
        known = ", ".join(str(word) for word in kind)
        raise errors.UsageError(
            f"'{given}' is none of them", mend=f"Give one of {known}."
        ) from None


def _filters(where: Where | None) -> list[str]:
    return [
        f"{name}={value}"
        for name, values in (where or {}).items()
        for value in ([values] if isinstance(values, str) else values)
    ]


def _now() -> datetime:
    return datetime.now(UTC)
