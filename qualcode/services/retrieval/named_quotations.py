"""Which quotation is meant: by where it stands, as lists and documents say it, or by an id.

`P05 ¶22` is what stands beside a quotation, `P05:22` the same on any keyboard, `P05:5518:5653` the
very characters. What is done to a quotation is done to its passage, so several codings of one
passage are one; of several passages the one that is meant has to be said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from qualcode import errors
from qualcode.model.coding import Coding
from qualcode.model.matrix import Quotation
from qualcode.services.consent.names.of_coders import as_stored
from qualcode.services.places import PlacedText, TranscriptNames
from qualcode.services.retrieval.corpus import Corpus, quotations
from qualcode.store import queries
from qualcode.store.engine import Session
from qualcode.text.counting import counted
from qualcode.text.locators import parse_locator
from qualcode.text.words import count_words

_ID: Final = re.compile(r"[0-9a-f]{32}:\d+:\d+:.+", re.DOTALL)
_CHARACTERS: Final = re.compile(r"(?P<transcript>.+):(?P<start>\d{1,9}):(?P<end>\d{1,9})")
_TURN: Final = re.compile(r"(?P<transcript>.+):(?P<turn>\d{1,9})")

_STAR: Final = "*"
"""What lists put behind the place of a passage that is worth quoting."""

_SECOND_MS: Final = 1000


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a passage is said to stand: in a turn, at a second, or from one character to another.

    Of a turn and a time the turn counts: times move when a recording is linked anew.
    """

    transcript: str
    turn: int | None = None
    start_ms: int | None = None
    characters: tuple[int, int] | None = None

    def holds(self, coding: Coding, text: PlacedText) -> bool:
        """True for a coding whose passage begins here, or is these very characters."""
        start, end = coding.segment.start, coding.segment.end
        if self.characters is not None:
            return (start, end) == self.characters
        if self.turn is not None:
            turn = text.turn_at(start)
            return turn is not None and turn.n == self.turn
        ms = text.ms_at(start)
        return ms is not None and ms - ms % _SECOND_MS == self.start_ms


def coding_meant(session: Session, named: str, *, code: str | None = None) -> str:
    """The uid of a coding of the quotation that is named; `code` says under which code it stands.

    An id is taken as it is, also as it left of a coder who was numbered there. Raises
    NotAQuotationError, UnknownTranscriptError, UnknownCodeError, NoQuotationThereError, or
    SeveralQuotationsError with what to say instead.
    """
    return codings_meant(session, [named], code=code)[0]


def codings_meant(
    session: Session, named: Iterable[str], *, code: str | None = None
) -> tuple[str, ...]:
    """The same of several quotations, in one look at the study."""
    look = _Look(session, code)
    named = list(named)
    found = {one: look.found(one) for one in named}
    said = (those for one, those in found.items() if not _ID.fullmatch(one))
    shown = look.shown(frozenset(uid for those in said for uid in those))
    return tuple(look.meant(one, found[one], shown) for one in named)


_Found = dict[str, tuple[int, int]]
"""Codings by uid, with the characters of their passages."""


class _Look:
    """The codings of a study, of one code or of all, to be found by what a person calls them."""

    def __init__(self, session: Session, code: str | None) -> None:
        self._session = session
        self._code = code
        self._corpus = Corpus(session)
        # As lists and documents call them: where a name stands in a transcript's own, by its mask.
        shown = self._corpus.transcripts
        self._called = {one.name.casefold(): one for one in shown} | {
            one.name: one for one in shown
        }
        self._texts: dict[str, PlacedText] = {}

    def found(self, named: str) -> _Found:
        """The codings that a place can mean; an id is taken as it is."""
        if _ID.fullmatch(named):
            if self._code is not None:
                raise errors.UsageError(
                    "the id of a coding says its code", mend="Give the id alone."
                )
            return {as_stored(named, self._corpus.numbered_coders): (0, 0)}
        place = _parsed(named)
        text = self._text(place.transcript)
        found = {
            coding.uid: (coding.segment.start, coding.segment.end)
            for coding in self._codings.get(text.version, ())
            if place.holds(coding, text)
        }
        if not found:
            raise errors.NoQuotationThereError(named, transcript=place.transcript, code=self._code)
        return found

    def shown(self, codings: frozenset[str]) -> dict[str, Quotation]:
        """Those of these codings that may be shown, by uid."""
        made = quotations(self._session, self._corpus, only=codings) if codings else ()
        return {quote.coding: quote for quote, _ in made}

    def meant(self, named: str, found: _Found, shown: Mapping[str, Quotation]) -> str:
        """The one coding of these that is meant."""
        if _ID.fullmatch(named):
            return next(iter(found))
        quoted = [shown[uid] for uid in found if uid in shown]
        passages = _passages(quoted)
        if len(passages) > 1:
            # A message holds no words of an interview: how many they are tells passages apart.
            long = {(one.start, one.end): count_words(one.text) for one in quoted}
            choices = [
                (
                    f"{_parsed(named).transcript}:{start}:{end}",
                    f"{counted(long[start, end], 'word')}, {', '.join(under)}",
                )
                for (start, end), under in passages.items()
            ]
            raise errors.SeveralQuotationsError(named, choices=choices)
        # Where nothing of it may be shown, whoever asks is refused as by an id.
        return next(uid for uid, place in found.items() if not passages or place in passages)

    def _text(self, name: str) -> PlacedText:
        """The words of a transcript, as it is called or stored. Raises UnknownTranscriptError."""
        called = self._called.get(name) or self._called.get(name.casefold())
        version = self._names.find(name).version if called is None else called.version_uid
        if version not in self._texts:
            stored = queries.texts(self._session, [version])[version]
            self._texts[version] = PlacedText(name, stored)
        return self._texts[version]

    @cached_property
    def _names(self) -> TranscriptNames:
        return TranscriptNames(self._session)

    @cached_property
    def _codings(self) -> Mapping[str, list[Coding]]:
        """All that could be meant, by version."""
        codes = None if self._code is None else self._corpus.with_below([self._code])
        found: dict[str, list[Coding]] = defaultdict(list)
        for coding in queries.codings(self._session, codes=codes):
            found[coding.segment.version].append(coding)
        return found


def _parsed(named: str) -> _Place:
    named = named.removesuffix(_STAR)
    if (said := parse_locator(named)) is not None and said.transcript is not None:
        return _Place(said.transcript, turn=said.turn, start_ms=said.start_ms)
    if found := _CHARACTERS.fullmatch(named):
        return _Place(found["transcript"], characters=(int(found["start"]), int(found["end"])))
    if found := _TURN.fullmatch(named):
        return _Place(found["transcript"], turn=int(found["turn"]))
    raise errors.NotAQuotationError(named)


def _passages(shown: Iterable[Quotation]) -> dict[tuple[int, int], dict[str, None]]:
    """The passages by their characters, each with the codes that it stands under."""
    codes: dict[tuple[int, int], dict[str, None]] = {}
    for quote in shown:
        codes.setdefault((quote.start, quote.end), {})[quote.code] = None
    return codes
