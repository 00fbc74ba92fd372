"""What changed between two exports, as it may be said now.

An old export may say what may not be said any more: a name, how somebody was cited who is cited
with less since, words that were cut. Where the project is at hand, all that is told passes consent
as it stands now. How somebody was cited is told only where the new export says as much of them,
or where they agreed to be named. Words are in no list of contents: they are looked up in the
project (`standing_now`), and are told only where they are shown today as the export had them.

Without a project nobody knows who agreed to what, and no words are told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import repeat
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from qualcode.model.manifest import Changed, Changes, ListedQuotation
from qualcode.model.people import Attribution
from qualcode.services.consent.attribution import ANONYMOUS_TEXT
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.ways_out import departing
from qualcode.services.ways_out.changes.documents import Compared, compared, read
from qualcode.services.ways_out.changes.known_still import KnownStill
from qualcode.services.ways_out.changes.pairing import is_placed, passages
from qualcode.services.ways_out.changes.standing_now import StandingNow
from qualcode.services.ways_out.changes.tables import SEVERAL
from qualcode.store.engine import Session
from qualcode.store.erasing import erased_participants
from qualcode.store.store import Store

NO_PROJECT: Final = (
    "no project is at hand, so names that may not leave any more are shown as the exports have "
    "them, and words that changed are not quoted"
)
RESAVED: Final = "another program has saved one of them since: what it changed is not seen"
WITHDREW: Final = "withdrew"

_DATE: Final = "interviewed "
_OF_A_PERSON: Final = ("role", "organisation", "pseudonym")

_T = TypeVar("_T")


def diff_exports(old: Path, new: Path) -> Changes:
    """What the new file says otherwise.

    Raises NoContentsError, NothingToCompareError or FileUnreadableError.
    """
    return _cautious(compared(read(old), read(new)).changes)


def tell_changes(store: Store | None, old: Path, new: Path) -> tuple[Changes, tuple[str, ...]]:
    """What the new file says otherwise, as it may be said now, and what is to be said besides.

    Where no project is at hand, nobody knows which names may not be said. Raises LeakError, and
    otherwise as `diff_exports`.
    """
    found = compared(read(old), read(new))
    resaved = (RESAVED,) if found.changes.resaved else ()
    if store is None:
        return _cautious(found.changes), (NO_PROJECT, *resaved)
    with store.reading() as session:
        changes = _Now(session).retold(found)
    said = departing.check_words(store, _words_in(changes), where="what was to be shown")
    return changes, (*said, *resaved)


def _cautious(changes: Changes) -> Changes:
    """The same, where all that is known of what may be said is what the new export says."""
    cited = (
        one if says_no_more(one.before, one.now) else replace(one, before="")
        for one in changes.cited
    )
    return replace(changes, cited=tuple(cited))


def says_no_more(before: str, now: str) -> bool:
    """True where an attribution says no more of somebody than another, as far as words tell.

    Each part of it is a part of the other, and its date is no finer: a former role beside a
    pseudonym would lead to whom it hides, and any part could be a name. Of several people, each is
    held against each.
    """
    return all(
        any(_is_within(one, other) for other in now.split(SEVERAL)) for one in before.split(SEVERAL)
    )


def _is_within(before: str, now: str) -> bool:
    if before == ANONYMOUS_TEXT:
        return True
    (mine, my_date), (theirs, their_date) = _parts_of(before), _parts_of(now)
    return set(mine) <= set(theirs) and my_date <= their_date


def _parts_of(attribution: str) -> tuple[list[str], int]:
    """The parts of an attribution, and how many its date has: day, month, year."""
    *parts, last = attribution.split(", ")
    if last.startswith(_DATE):
        return parts, len(last.removeprefix(_DATE).split())
    return [*parts, last], 0


class _Now:
    """The project as it stands: who may be cited how, which words are shown, what is coded."""

    def __init__(self, session: Session) -> None:
        self._corpus = Corpus(session)
        self._standing = StandingNow(session, self._corpus)
        is_one_erased = bool(erased_participants(session))
        self._known = KnownStill(session, self._corpus) if is_one_erased else None

    def retold(self, found: Compared) -> Changes:
        """The changes in which nothing is said that may not be said now."""
        changes = found.changes
        gone, left_out = self._gone(found)
        label = self._corpus.shown.label
        told = _mapped(
            replace(
                changes,
                gone=gone,
                left_out=(changes.left_out[0], left_out),
                cited=tuple(self._cited(found)),
                withdrew=tuple(self._withdrew(found)),
            ),
            label,
        )
        if self._known is not None:
            told = self._known.told(told, map(label, found.groups))
        reworded = (
            replace(one, before=self._standing.words(a), now=self._standing.words(b))
            for one, (a, b) in zip(told.reworded, found.reworded, strict=True)
        )
        return replace(told, reworded=tuple(reworded))

    # -- people ------------------------------------------------------------------------------------

    def _cited(self, found: Compared) -> Iterator[Changed]:
        """Whose attribution changed, with how they were cited if that may still be said of them."""
        known = [self._person(quotation) for _, quotation in found.cited]
        for one, code in zip(found.changes.cited, known or repeat(""), strict=False):
            who = code or one.who
            before = one.before if self._may_be_said(one, who) else ""
            yield replace(one, who=who, before=before)

    def _may_be_said(self, one: Changed, who: str) -> bool:
        """True where the former attribution says nothing of somebody that is not to be shown now.

        Nothing need be hidden of who agreed to be named: other names in it are masked as ever.
        """
        person = self._corpus.agreed.participants.get(who)
        names_known = self._corpus.forbidden.names_at_hand
        if names_known and person is not None and person.attribution is Attribution.NAMED:
            return who not in self._corpus.agreed.coarsened
        if not says_no_more(one.before, one.now):
            return False
        if person is None:
            return True
        before = one.before.casefold()
        hidden = (
            getattr(person, fact)
            for fact in _OF_A_PERSON
            if not self._corpus.agreed.shows(person.code, fact)
        )
        return not any(value and value.casefold() in before for value in hidden)

    def _withdrew(self, found: Compared) -> Iterator[str]:
        """Those of whom something was in the old export and who may leave in nothing now."""
        rows = (*found.changes.rows_gone, *(self._person(q) for q in found.gone))
        yield from (code for code in dict.fromkeys(rows) if self._corpus.consent.withheld(code))

    def _person(self, quotation: ListedQuotation) -> str:
        """Whose words they are, by code; "" where it is not known."""
        for code in (quotation.row, "" if is_placed(quotation) else quotation.transcript):
            if code in self._corpus.consent.participants:
                return code
        transcript = self._standing.transcript_of(quotation)
        if transcript is None or len(transcript.participants) == 1:
            return transcript.participants[0] if transcript else ""
        place = self._standing.place_of(quotation)
        if place is None:
            return ""
        text = self._standing.text_of(transcript)
        passage = self._corpus.passage(transcript, text, place.start, place.end)
        return "" if passage is None or passage.participant is None else passage.participant.code

    # -- quotations --------------------------------------------------------------------------------

    def _gone(self, found: Compared) -> tuple[tuple[Changed, ...], int]:
        """The quotations that are gone, and how many are still there and were left out by wish."""
        may_be_left_out = found.is_cut[1]
        left_out = [q for q in found.gone if may_be_left_out and self._is_there(q)]
        kept = set(map(id, left_out))
        gone = tuple(
            Changed(
                q.row,
                q.code,
                q.locator,
                WITHDREW if self._corpus.consent.withheld(self._person(q)) else "",
            )
            for q in found.gone
            if id(q) not in kept
        )
        return gone, len(passages(left_out) - found.shown)

    def _is_there(self, quotation: ListedQuotation) -> bool:
        """True where the passage is still under its code, and may leave.

        Of one whose place is not said, only whose it is can be asked.
        """
        if self._standing.transcript_of(quotation) is None:
            return not self._corpus.consent.withheld(self._person(quotation))
        return self._standing.is_coded(quotation)


# -- every word of it ------------------------------------------------------------------------------


def _mapped(value: _T, label: Callable[[str], str]) -> _T:
    """The same value with each of its words as the label of it."""
    made: Any = value
    if isinstance(made, str):
        made = label(made)
    elif isinstance(made, tuple):
        made = tuple(_mapped(one, label) for one in made)
    elif is_dataclass(made) and not isinstance(made, type):
        told = {one.name: _mapped(getattr(made, one.name), label) for one in fields(made)}
        made = replace(made, **told)
    return cast(_T, made)


def _words_in(value: object) -> Iterator[str]:
    """All words of a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _words_in(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _words_in(getattr(value, field.name))
