"""One row of a manifest: the cells of a table on their way to what they say of an interview."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from qualcode import errors
from qualcode.model.people import Attribution
from qualcode.services.tables import Row
from qualcode.text.languages import is_language, language_meant
from qualcode.text.nearest import nearest

COLUMNS = (
    "interview_id",
    "file",
    "participant",
    "name",
    "pseudonym",
    "organisation",
    "role",
    "stakeholder",
    "place",
    "date",
    "language",
    "interviewer",
    "strand",
    "attribution",
    "consent_date",
    "recording",
    "notes",
    "speaker",
    "not_asked",
)
ALSO_CALLED = {
    "stakeholder_type": "stakeholder",
    "organization": "organisation",
    "audio": "recording",
    "audio_file": "recording",
    "video_file": "recording",
}
"""Columns that can mean nothing else than one of those above."""

ALIASES = frozenset({"alias", "aliases"})
CONTACTS = frozenset(
    [
        "contact",
        "contacts",
        "email",
        "e-mail",
        "e_mail",
        "mail",
        "email_address",
        "phone",
        "phone_number",
        "telephone",
        "tel",
        "mobile",
        "address",
        "postal_address",
    ]
)
PARTS_OF_NAMES = frozenset(
    [
        "surname",
        "forename",
        "first_name",
        "last_name",
        "firstname",
        "lastname",
        "full_name",
        "fullname",
        "given_name",
        "family_name",
        "names",
        "real_name",
        "participant_name",
        "interviewee",
        "interviewee_name",
        "respondent",
        "respondent_name",
        "person",
        "person_name",
    ]
)
"""Columns that hold a name under another name."""
_TRANSCRIPT_ATTRIBUTES = ("interviewer", "strand", "notes")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
_NUMERIC_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One row: one participant of one interview. `line` counts lines of the file from 1.

    `participant` is None where a code is still to be given. `attribution` is anonymous where the
    cell is empty. `interview_attributes` are said of the interview, `attributes` of the
    participant; `not_asked` are themes that the interview did not ask about. `given` are the
    columns with a word in this row. Dates are ISO.
    """

    line: int
    interview: str
    file: Path
    participant: str | None = None
    speaker: str | None = None
    name: str | None = None
    aliases: tuple[str, ...] = ()
    contacts: str = ""
    pseudonym: str | None = None
    organisation: str | None = None
    role: str | None = None
    stakeholder: str | None = None
    place: str | None = None
    attribution: Attribution = Attribution.ANONYMOUS
    consent_date: str | None = None
    date: str | None = None
    language: str | None = None
    recording: str | None = None
    interview_attributes: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    not_asked: tuple[str, ...] = ()
    given: frozenset[str] = frozenset()

    @property
    def has_participant(self) -> bool:
        """True where the row says anything of a person."""
        return bool(self.given & _OF_A_PERSON)

    @property
    def has_name(self) -> bool:
        """True where the row holds what belongs to the identities."""
        return bool(self.name or self.aliases or self.contacts)


_OF_A_PERSON = frozenset(
    {
        "participant",
        "name",
        "pseudonym",
        "organisation",
        "role",
        "stakeholder",
        "place",
        "speaker",
        "attribution",
        "consent_date",
        *ALIASES,
        *CONTACTS,
    }
)


def is_further(column: str) -> bool:
    """True for a column that no rule here knows: it becomes an attribute."""
    return bool(column) and column not in COLUMNS and column not in ALIASES | CONTACTS


def is_code(text: str) -> bool:
    """True for what can be a participant's code, and no name with a blank in it."""
    return _CODE.fullmatch(text) is not None


def could_be_a_name(code: str) -> bool:
    """True for a code such as `Smith` or `Ama`: letters alone, and no abbreviation."""
    return code.isalpha() and not code.isupper() and len(code) > 2


def is_part_of(code: str, name: str) -> bool:
    """True where a code says a part of a name that is more than an initial."""
    parts = re.split(r"[\W_]+", name.casefold())
    return len(code) > 2 and code.casefold() in parts


def level_of(text: str) -> Attribution | None:
    """The level of attribution that a person wrote, in whatever case, or None."""
    written = text.strip().lower().replace(" ", "-").replace("_", "-")
    return Attribution(written) if written in set(Attribution) else None


def _parts(cell: str) -> tuple[str, ...]:
    """What stands between the semicolons of a cell."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


class RowReader:
    """Reads rows of one table and gathers what is wrong with them."""

    def __init__(
        self, path: Path, *, date_order: str | None, needs_file: bool, has_ids: bool
    ) -> None:
        self.problems: list[errors.QualcodeError] = []
        self._path = path
        self._folder = path.parent.resolve()
        self._order = date_order
        self._needs_file = needs_file
        self._has_ids = has_ids
        self._where = str(path)
        self._cells: Mapping[str, str] = {}

    def read(self, row: Row) -> ManifestRow:
        """What the row says; where a cell is wrong, what can be said without it."""
        self._where = f"{self._path}:{row.line}"
        self._cells = cells = {name: " ".join(cell.split()) for name, cell in row.cells.items()}
        return ManifestRow(
            line=row.line,
            interview=self._interview(),
            file=self._file(),
            participant=self._code(),
            speaker=cells.get("speaker"),
            name=cells.get("name"),
            aliases=self._aliases(),
            contacts="; ".join(cells[c] for c in sorted(CONTACTS) if c in cells),
            pseudonym=cells.get("pseudonym"),
            organisation=cells.get("organisation"),
            role=cells.get("role"),
            stakeholder=cells.get("stakeholder"),
            place=cells.get("place"),
            attribution=self._attribution(),
            consent_date=self._date("consent_date"),
            date=self._date("date"),
            language=self._language(),
            recording=cells.get("recording"),
            interview_attributes={k: cells[k] for k in _TRANSCRIPT_ATTRIBUTES if k in cells},
            attributes={k: v for k, v in cells.items() if is_further(k)},
            not_asked=_parts(cells.get("not_asked", "")),
            given=frozenset(cells),
        )

    def _bad(self, column: str, problem: str, mend: str) -> None:
        self.problems.append(
            errors.ManifestValueError(column, problem, where=self._where, mend=mend)
        )

    def _interview(self) -> str:
        given = self._cells.get("interview_id")
        if given is None and self._has_ids:
            self._bad("interview_id", "the cell is empty", "Give every interview an id.")
        return given or Path(self._cells.get("file", "")).stem

    def _file(self) -> Path:
        given = self._cells.get("file")
        if given is None:
            if self._needs_file:
                self._bad("file", "the cell is empty", "Give the transcript's file name.")
            return self._path
        try:
            path = (self._folder / given.replace("\\", "/")).resolve()
            is_there, is_folder = path.is_file(), path.is_dir()
        except (OSError, RuntimeError):  # a name too long, a loop of links, a closed folder
            path, is_there, is_folder = self._folder / given, False, False
        if not path.is_relative_to(self._folder):
            self.problems.append(errors.OutsideFolderError(given, where=self._where))
        elif is_folder:
            self._bad("file", f"'{given}' is a folder", "Give the transcript's file name.")
        elif not is_there:
            self.problems.append(errors.FileMissingError(where=given, line=self._where))
        return path

    def _code(self) -> str | None:
        given = self._cells.get("participant")
        if given is None:
            return None
        mend = "Give a code such as P07 here, and the name in the column name."
        if not is_code(given):
            self._bad("participant", "this is not a code", mend)
        elif any(is_part_of(given, n) for n in (self._cells.get("name", ""), *self._aliases())):
            # A code stands beside every quotation.
            self._bad("participant", "this is a part of the participant's name", mend)
        else:
            return given
        return None

    def _aliases(self) -> tuple[str, ...]:
        given = [self._cells[c] for c in sorted(ALIASES) if c in self._cells]
        return tuple(part for one in given for part in _parts(one))

    def _attribution(self) -> Attribution:
        given = self._cells.get("attribution")
        if given is None:
            return Attribution.ANONYMOUS
        level = level_of(given)
        if level is None:
            near = nearest(given, Attribution)
            self._bad(
                "attribution",
                f"'{given}' is not a level of attribution",
                f"Did you mean '{near}'?" if near else f"Give one of {', '.join(Attribution)}.",
            )
        return level or Attribution.ANONYMOUS

    def _language(self) -> str | None:
        given = self._cells.get("language")
        if given is not None and not is_language(given):
            meant = language_meant(given)
            mend = f"Did you mean '{meant}'?" if meant else "Write en, fr, cy or en-GB."
            self._bad("language", f"'{given}' is not a language code", mend)
        return given

    def _date(self, column: str) -> str | None:
        given = self._cells.get(column)
        if given is None:
            return None
        numeric = _NUMERIC_DATE.fullmatch(given)
        try:
            if numeric is None:
                return date.fromisoformat(given).isoformat()
            first, second, year = (int(part) for part in numeric.groups())
            if self._order is None and first <= 12 and second <= 12 and first != second:
                self._bad(
                    column,
                    f"'{given}' could be two different days",
                    "Write it as YEAR-MONTH-DAY, or give --date-order dmy (or mdy).",
                )
                return None
            month_first = self._order == "mdy" or (self._order is None and second > 12)
            month, day = (first, second) if month_first else (second, first)
            return date(year, month, day).isoformat()
        except ValueError:
            self._bad(column, f"'{given}' is not a date", "Write it as YEAR-MONTH-DAY.")
            return None
