"""What of two exports is known still, in a study from which somebody was erased.

The names of those who were erased are known to nobody, so no mask finds them in what an old export
calls an interview, a place, a filter or somebody's role. But the log has lost whatever named them.
So what it still says of anybody, today or of former times, names none of them; all else is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from qualcode.model.manifest import Changed, Changes, MadeOtherwise
from qualcode.services.consent.attribution import ANONYMOUS_TEXT, surname_first, tidy
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.retrieval.filters import Unsaid, values_of
from qualcode.services.retrieval.without_places import SEVERAL_PEOPLE
from qualcode.services.ways_out.changes.tables import SEVERAL
from qualcode.store.engine import Session
from qualcode.store.erasing import erased_participants, words_left
from qualcode.text.locators import parse_locator

NOT_KNOWN: Final = "[not known now]"
"""Stands for what an old export calls an interview or a case, where somebody was erased since."""

_WHOLE: Final = "the whole study"
_FILTERS: Final = "; "
_NOT_SHOWN: Final = " (not shown)"
_DATE: Final = re.compile(r"(?:, |^)interviewed [^,;]*$")


class KnownStill:
    """The words that the project still knows, and those of them that can stand in an attribution.

    As exports have them: without the names that may not be said now.
    """

    def __init__(self, session: Session, corpus: Corpus) -> None:
        label = corpus.shown.label
        left = words_left(session)
        people = corpus.consent.participants
        self._attributes = {*corpus.attributes, *map(label, left.attributes)}
        self._words = {*map(label, left.words), *people, *erased_participants(session)}
        self._words |= {one.name for one in corpus.transcripts}
        for name in corpus.attributes:
            self._words |= values_of(name, corpus.transcripts, people.values())
        names = (surname_first(one.name) for one in corpus.agreed.identities.values())
        self._facts = {tidy(word) for word in (*self._words, *names)} | {ANONYMOUS_TEXT}
        self._folded = {word.casefold() for word in self._words}
        self._cases = self._words | {f"{word} ({Unsaid.SEVERAL.value})" for word in self._words}
        self._cases |= {one.value for one in Unsaid} | {SEVERAL_PEOPLE}
        self._cases |= {corpus.full_name(code.id) for code in corpus.book.codes}

    def told(self, changes: Changes, groups: Iterable[str]) -> Changes:
        """The changes, in which nothing stands that only the exports know.

        `groups` are columns that are called by what is known of people.
        """
        unknown = {group for group in groups if group not in self._cases}
        column = partial(_unless, unknown)
        one = partial(self._changed, unknown=unknown)
        return replace(
            changes,
            rows_new=_each(self._case, changes.rows_new),
            rows_gone=_each(self._case, changes.rows_gone),
            columns_new=_each(column, changes.columns_new),
            columns_gone=_each(column, changes.columns_gone),
            new=tuple(map(one, changes.new)),
            gone=tuple(map(one, changes.gone)),
            moved=tuple(map(one, changes.moved)),
            reworded=tuple(map(one, changes.reworded)),
            cited=tuple(self._cited(one(cited)) for cited in changes.cited),
            cells=tuple(map(one, changes.cells)),
            made=tuple(map(self._made, changes.made)),
        )

    def _changed(self, changed: Changed, *, unknown: set[str]) -> Changed:
        says_groups = any(group in changed.what for group in unknown)
        return replace(
            changed,
            row=self._case(changed.row),
            code=_unless(unknown, changed.code),
            who=self._case(changed.who) if changed.who else "",
            what="changed" if says_groups else changed.what,
            locator=self._locator(changed.locator),
            came=tuple(map(self._locator, changed.came)),
            went=tuple(map(self._locator, changed.went)),
        )

    def _cited(self, changed: Changed) -> Changed:
        before, now = (one if self._cites(one) else "" for one in (changed.before, changed.now))
        return replace(changed, before=before, now=now)

    def _cites(self, attribution: str) -> bool:
        """True where each part of it is a fact that is known, or several that were one part."""
        return all(
            _is_made_of(tuple(filter(None, _DATE.sub("", one).split(", "))), self._facts)
            for one in attribution.split(SEVERAL)
        )

    def _case(self, word: str) -> str:
        return word if word in self._cases else NOT_KNOWN

    def _locator(self, word: str) -> str:
        said = parse_locator(word)
        name = word if said is None or said.transcript is None else said.transcript
        return word if not word or name in self._cases else NOT_KNOWN

    # -- what was asked for ------------------------------------------------------------------------

    def _made(self, one: MadeOtherwise) -> MadeOtherwise:
        known: dict[str, Callable[[str], str]] = {
            "rows": lambda word: word if not word or word in self._attributes else NOT_KNOWN,
            "only": lambda text: _FILTERS.join(self._filters(text)),
            "part": self._part,
        }
        say = known.get(one.wish, str)
        return replace(one, before=say(one.before), now=say(one.now))

    def _filters(self, text: str) -> Iterator[str]:
        """The filters; a value in which their sign stands is not known."""
        for one in text.split(_FILTERS):
            name, equals, value = one.partition("=")
            name = name.removesuffix(_NOT_SHOWN)
            if one in ("", _WHOLE):
                yield one
            elif name.strip().lower() not in self._attributes:
                yield NOT_KNOWN
            elif equals and value.strip() and value.strip().casefold() not in self._folded:
                yield f"{name}={NOT_KNOWN}"
            else:
                yield one

    def _part(self, text: str) -> str:
        """`place Marle`, `theme Funding`, each of which can be several words."""
        kinds = (one for one in ("theme", *self._attributes) if text.startswith(f"{one} "))
        kind = max(kinds, key=len, default="")
        if not kind:
            return text and NOT_KNOWN
        name = text.removeprefix(f"{kind} ")
        return text if name in self._cases else f"{kind} {NOT_KNOWN}"


def _is_made_of(parts: tuple[str, ...], facts: set[str]) -> bool:
    """True where the parts are facts, of which each may be several of them: `Lund, Bea`."""
    return not parts or any(
        _fact(parts[:n]) in facts and _is_made_of(parts[n:], facts)
        for n in range(1, len(parts) + 1)
    )


def _fact(parts: tuple[str, ...]) -> str:
    return ", ".join(parts).removesuffix(" (pseudonym)")


def _unless(unknown: set[str], word: str) -> str:
    return NOT_KNOWN if word in unknown else word


def _each(say: Callable[[str], str], words: Iterable[str]) -> tuple[str, ...]:
    """How each is said, and of what is said alike one."""
    return tuple(dict.fromkeys(map(say, words)))
