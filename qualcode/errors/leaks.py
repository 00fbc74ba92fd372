"""What a finished output must not say, found before it left: nothing was written."""

from __future__ import annotations

from qualcode.errors.base import QualcodeError


class GateError(QualcodeError):
    """An output was stopped on its way out; nothing was written."""

    exit_code = 4


class LeakError(GateError):
    """Names that may not leave stand in what was to be written.

    `kind` says in which kind of place, `part` where in the file; never which names.
    """

    def __init__(
        self, found: int, *, kind: str, part: str | None = None, where: str | None = None
    ) -> None:
        self.found = found
        self.kind = kind
        inside = f" ({part})" if part else ""
        stand = "1 name that may not leave stands"
        if found != 1:
            stand = f"{found:,} names that may not leave stand"
        super().__init__(
            f"{stand} in {kind}{inside}",
            where=where,
            mend="Nothing was written. Names: qualcode names list; of a form that is no name, say "
            "so with: qualcode names settle",
        )


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


class NamesNotAtHandError(GateError):
    """A publication is to be written, and the names that must not be in it are not known here."""

    def __init__(self, *, where: str | None = None) -> None:
        super().__init__(
            "the names of the participants are not at hand, so nobody can say whether one is in it",
            where=where,
            mend="Let whoever holds the identities write the publication, or open them.",
        )
