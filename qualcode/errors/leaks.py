"""What a finished output must not say, found before it left: nothing was written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from qualcode.errors.base import QualcodeError


class Field(Enum):
    """What somebody has typed, as it is said, and how it is mended; `{of}` is whose it is."""

    TITLE = "the title", "Give another title"
    FILE = "the name of the file", "Give the file another name"
    TEMPLATE = "the template ({of})", "Change it in the template, or leave the template out"
    PROJECT = (
        "the project's name",
        "Call the project otherwise: qualcode project rename NAME",
    )
    CODEBOOK = (
        "the codebook's name",
        "Change it in codebook.yaml and run: qualcode codebook apply",
    )
    LINE = "the line '{of}'", "Ask without what stands there"
    CODE_NAME = "the name of {of}", "Call the code otherwise: qualcode codebook rename"
    CODE_DEFINITION = "the definition of {of}", "Define the code anew: qualcode codebook define"
    CODE_ID = (
        "the id of {of}",
        "A code that is renamed keeps its id: add another and merge it into that: "
        "qualcode codebook merge",
    )
    PLACE = "the place of {of}", "Set it anew: qualcode participants set {of} place=VALUE"
    STAKEHOLDER = (
        "the stakeholder of {of}",
        "Set it anew: qualcode participants set {of} stakeholder=VALUE",
    )
    ROLE = "the role of {of}", "Set it anew: qualcode participants set {of} role=VALUE"
    ORGANISATION = (
        "the organisation of {of}",
        "Set it anew: qualcode participants set {of} organisation=VALUE",
    )
    PSEUDONYM = (
        "the pseudonym of {of}",
        "Set it anew: qualcode participants set {of} pseudonym=VALUE",
    )
    ATTRIBUTE = (
        "an attribute of {of}",
        "Set it anew: qualcode participants set {of} NAME=VALUE",
    )
    ATTRIBUTE_NAME = (
        "the name of an attribute of {of}",
        "Take the attribute away and set it under another name: "
        "qualcode participants set {of} OLD= NEW=VALUE",
    )
    SUMMARY = "the summary of {of}", "Write it anew: qualcode summaries set"
    MEMO = "a memo on {of}", "Take it away and write another: qualcode memos remove"
    WORDS = "the words of {of}", "Edit what is shown of them: qualcode quotes edit"
    TRANSCRIPT = "the name of a transcript", "Import it under another name"


@dataclass(frozen=True, slots=True)
class HeldField:
    """A field in which a name stands; `of` says whose it is, and holds no name itself."""

    field: Field
    of: str = ""

    def __str__(self) -> str:
        said, _ = self.field.value
        return said.replace("{of}", self.of)

    @property
    def mend(self) -> str:
        """How a person takes the name out of it."""
        _, mend = self.field.value
        return mend.replace("{of}", self.of)


_MOST_SAID: Final = 3
"""Fields that one sentence names; when they are mended the next are said."""


class GateError(QualcodeError):
    """An output was stopped on its way out; nothing was written."""

    exit_code = 4


class LeakError(GateError):
    """Names that may not leave stand in what was to be written.

    `fields` are those in which they were typed, as far as that is known. `kind` says in which kind
    of place of the file, `part` in which part of it. None of them says which names.
    """

    def __init__(
        self,
        found: int,
        *,
        kind: str,
        part: str | None = None,
        where: str | None = None,
        fields: Sequence[HeldField] = (),
    ) -> None:
        self.found = found
        self.kind = kind
        self.part = part
        self.where = where
        self.fields = tuple(fields)
        # One name may stand in several fields, and several in one: beside them none are counted.
        alone, several = "name that may not leave stands", "names that may not leave stand"
        if fields:
            stand = f"a {alone}" if len(fields) == 1 else several
        else:
            stand = f"1 {alone}" if found == 1 else f"{found:,} {several}"
        inside = f" ({part})" if part else ""
        super().__init__(
            f"{stand} in {_in_a_row(map(str, fields)) or kind + inside}",
            where=where,
            mend="".join(f"{one}. " for one in ("Nothing was written", *_mends(fields)))
            + "Names: qualcode names list; of a form that is no name, say so with: "
            "qualcode names settle",
        )


def _mends(fields: Sequence[HeldField]) -> Iterable[str]:
    return dict.fromkeys(one.mend for one in fields[:_MOST_SAID])


def _in_a_row(fields: Iterable[str], last: str = "and in ") -> str:
    """The first few, and how many others there are."""
    said = list(fields)
    if len(said) > _MOST_SAID:
        said[_MOST_SAID:] = [f"{len(said) - _MOST_SAID:,} more"]
    return ", ".join(said[:-1]) + (f" {last}" if len(said) > 1 else "") + "".join(said[-1:])


class UncheckedError(GateError):
    """A part of what was written cannot be read back, so nobody can say what stands in it."""

    def __init__(self, *, part: str | None = None, where: str | None = None) -> None:
        self.part = part
        what = f"'{part}'" if part else "what was written"
        super().__init__(
            f"{what} cannot be read back, so names in it would not be found",
            where=where,
            mend="Nothing was written. Leave the template out, or take from it what is no text.",
        )


class ConsentChangedError(GateError):
    """Somebody in it has agreed to less since it was made, or words are shown otherwise.

    `people` counts participants, `words` the quotations and summaries in which words changed.
    """

    def __init__(self, people: int, *, words: int = 0, where: str | None = None) -> None:
        self.people = people
        self.words = words
        if people:
            who = "1 participant" if people == 1 else f"{people:,} participants"
            problem = f"{who} cited in it may no longer be cited so"
        else:
            what = "1 passage or summary" if words == 1 else f"{words:,} passages or summaries"
            problem = f"{what} in it may no longer be shown so"
        super().__init__(
            problem,
            where=where,
            mend="Nothing was written. Make it again.",
        )


class JointInterviewError(GateError):
    """Chosen by interview, somebody who is not to be found would stand with whom they sat.

    `name` is by what was to be chosen.
    """

    def __init__(self, name: str) -> None:
        super().__init__(
            f"rows or a filter by {name} can say who was interviewed together, and somebody would "
            "be found through it",
            mend="Take participants, or make it for the team. Who it is: qualcode participants "
            "check",
        )


class NamesNotAtHandError(GateError):
    """A publication is to be written, and names that must not be in it are not known here.

    `of` are the codes of those whose names are not, where names of others are known.
    """

    def __init__(self, of: Sequence[str] = (), *, where: str | None = None) -> None:
        self.of = tuple(of)
        mend = "Let whoever holds the identities write the publication"
        if of:
            names = f"no name is known here of {_in_a_row(of, 'and ')}"
            mend += f"; of whom there is none, say so: qualcode participants set {of[0]} name=none"
        else:
            names, mend = "the names of the participants are not at hand", f"{mend}, or open them."
        super().__init__(f"{names}, so nobody can say whether one is in it", where=where, mend=mend)
