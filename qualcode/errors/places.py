"""Places in a transcript that cannot be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors.base import InputError, quoted_name

if TYPE_CHECKING:
    from collections.abc import Sequence


class PlaceError(InputError):
    """A place in a transcript cannot be found."""


class EmptySpanError(PlaceError):
    """A span holds no character, or ends before it starts."""

    def __init__(self, start: int, end: int, *, where: str) -> None:
        super().__init__(
            f"the span {start}:{end} holds no text",
            where=where,
            mend="Give START:END with START below END, counted in characters from 0.",
        )


class SpanOutsideTextError(PlaceError):
    """A span leaves the text."""

    def __init__(self, start: int, end: int, *, where: str, length: int) -> None:
        super().__init__(
            f"the span {start}:{end} leaves the text, which has {length} characters",
            where=where,
            mend=f"Give a span between 0 and {length}.",
        )


class UnknownTurnError(PlaceError):
    """A turn number is not in the transcript."""

    def __init__(self, turn: str, *, where: str, turns: int) -> None:
        super().__init__(
            f"there is no turn {turn}", where=where, mend=f"The turns are numbered 1 to {turns}."
        )


class NoTimesError(PlaceError):
    """A time was named, and the transcript has none."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "this transcript has no times", where=where, mend="Go to a turn by its number."
        )


class QuoteNotFoundError(PlaceError):
    """Quoted words are not in the transcript, nor near enough."""

    def __init__(
        self,
        *,
        where: str,
        score: float | None,
        threshold: float,
        nearest: str | None,
        may_lower: bool = True,
    ) -> None:
        way = "lower --threshold" if may_lower else "give --span"
        if nearest is None:
            super().__init__(
                "the quoted words were not found",
                where=where,
                mend="Copy them from: qualcode transcripts show NAME --turns",
            )
        else:
            super().__init__(
                f"the quoted words were not found; the nearest place is {nearest}, alike by "
                f"{score:.0f} of 100 where {threshold:.0f} are asked",
                where=where,
                mend=f"Correct the quotation, or {way} if that place is meant.",
            )


class QuoteAmbiguousError(PlaceError):
    """Quoted words stand in the transcript more than once."""

    def __init__(self, *, where: str, places: Sequence[str]) -> None:
        super().__init__(
            f"the quoted words stand there {len(places)} times, at {', '.join(places[:5])}",
            where=where,
            mend="Quote a few words more, or give --span.",
        )


class NotAQuotationError(PlaceError):
    """What should name a quotation is neither a place nor the id of a coding."""

    def __init__(self, named: str) -> None:
        super().__init__(
            f"{quoted_name(named)} names no quotation",
            mend="Say where it stands, as P05:22 or P05 ¶22, or give the id of its coding.",
        )


class NoQuotationThereError(PlaceError):
    """No coded passage stands at a place; with `code`, none under that code."""

    def __init__(self, named: str, *, transcript: str, code: str | None) -> None:
        under = "" if code is None else f" under '{code}'"
        super().__init__(
            f"no coded passage begins at {quoted_name(named)}{under}",
            mend=f"What is coded there says: qualcode quotes --where 'transcript={transcript}'",
        )


class SeveralQuotationsError(PlaceError):
    """Several passages stand at a place; `choices` are what to say for each, and what tells it."""

    def __init__(self, named: str, *, choices: Sequence[tuple[str, str]]) -> None:
        self.choices = tuple(choices)
        listed = "".join(f"\n  {typed}  {codes}" for typed, codes in self.choices)
        super().__init__(
            f"{len(self.choices)} coded passages begin at {quoted_name(named)}",
            mend=f"Say which is meant (qualcode quotes --json has their words):{listed}",
        )


class NoProposalError(PlaceError):
    """A waiting coding was to take the place that is proposed, and none is."""

    def __init__(self, coding: str, *, where: str) -> None:
        super().__init__(
            f"its words are not in the corrected text, so no place is proposed for {coding}",
            where=where,
            mend="Give the place with --quote or --span, or take it off with --drop.",
        )


class NoSuchCodingError(PlaceError):
    """There is no coding to take back at a place, or not one alone."""

    def __init__(
        self, code: str, *, coder: str, where: str, several: bool, spans: Sequence[str]
    ) -> None:
        listed = ", ".join(spans[:8])
        if several:
            super().__init__(
                f"several codings with '{code}' by {coder} lie here: {listed}",
                where=where,
                mend="Give the one that is meant with --span.",
            )
        else:
            elsewhere = f"; in this transcript they lie at {listed}" if spans else ""
            super().__init__(
                f"{coder} has no coding with '{code}' here{elsewhere}",
                where=where,
                mend="Give its place with --span, or see: qualcode quotes",
            )
