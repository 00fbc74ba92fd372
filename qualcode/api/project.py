"""A project as Python opens it: all that can be done with it, and the two ways to one."""

from __future__ import annotations

from os import fspath
from pathlib import Path

from qualcode.api.coding import CodingActs
from qualcode.api.names import Names
from qualcode.api.opened import Pathish, now
from qualcode.api.quotations import QuotationActs
from qualcode.api.summaries import Summaries
from qualcode.api.transcripts import Transcripts
from qualcode.api.ways_out import WaysOut
from qualcode.model.examination import Examination, Mending
from qualcode.model.manifest import Changes
from qualcode.model.people import SCRIPT
from qualcode.services import keeping, projects
from qualcode.services.ways_out.changes import as_may_be_said


class Project(Transcripts, CodingActs, Names, QuotationActs, Summaries, WaysOut):
    """An open project; use it in `with`, or close it."""

    @property
    def name(self) -> str:
        """What the project is called."""
        return projects.project_facts(self._store).name

    def rename(self, name: str) -> bool:
        """Give the project another name; False where it is called so already."""
        return projects.rename_project(self._store, name, by=self._actor(), at=now())

    def examine(self) -> Examination:
        """What can be said of the health of the store."""
        return keeping.examine(self._store)

    def mend(self) -> Mending:
        """Rebuild what the log can rebuild, after a verified copy."""
        return keeping.mend(self._store, at=now())

    def back_up(self, file: Pathish | None = None) -> Path:
        """A verified copy of the project, without the identities."""
        target = None if file is None else Path(file)
        return keeping.back_up(self._store, target, at=now())


def open(  # noqa: A001
    project: Pathish | None = None, *, coder: str | None = None, passphrase: str | None = None
) -> Project:
    """The project at a path, in a folder, or at a database URL.

    Without `project`, the one of the working folder or its nearest parent. `coder` is who acts;
    coding needs one. `passphrase` opens sealed names. Raises StoreMissingError,
    StoreNotOursError, StoreDamagedError, StoreNewerError, StoreLockedError.
    """
    given = None if project is None else fspath(project)
    place = projects.find_project(given, environment=None, folder=Path.cwd())
    folder = projects.project_folder(place, working_folder=Path.cwd())
    return Project(projects.open_project(place, passphrase=passphrase), folder, coder)


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
        at=now(),
    )
    folder = projects.project_folder(made.place, working_folder=made.folder)
    return Project(projects.open_project(made.place), folder, coder)


def diff_exports(old: Pathish, new: Pathish) -> Changes:
    """What a later export says otherwise than an earlier one, by what stands in the files.

    No project is asked, so a name that may not leave any more is not masked: `Project.diff_exports`
    does that.
    """
    return as_may_be_said.diff_exports(Path(old), Path(new))
