"""Forms that were said to be words, or somebody else's, and whether that still holds.

It was said of those who bore such a name then, or one a letter away from it, and the decision says
of whom (`of`). Who bears it and joined later, or may no longer be named, was not thought of:
against them it does not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from qualcode.model.names import Decision, Verdict
from qualcode.model.people import Attribution
from qualcode.services.consent.attribution import Consent
from qualcode.store.sealed import Register
from qualcode.text.names.forms import parts, whole_forms
from qualcode.text.names.guesses import near_names
from qualcode.text.plain import plain_words

_LET_OUT: Final = frozenset({Verdict.WORD, Verdict.OTHER_PERSON})
BETWEEN: Final = "; "
"""What parts the codes of those of whom a decision was said."""


def said_of(codes: Iterable[str]) -> str | None:
    """How a decision keeps of whom it was said; None of nobody."""
    return BETWEEN.join(codes) or None


def holding(decisions: Iterable[Decision], consent: Consent) -> tuple[Decision, ...]:
    """The decisions but for those that would let out the name of somebody not thought of."""
    kept = tuple(decisions)
    held_back = not_thought_of(kept, consent)
    return tuple(one for one in kept if one.form not in held_back)


def without_gone(register: Register) -> Register:
    """The same without what was said of forms to be a listed name that is in the list no more."""
    listed = {one.name for one in register.listed}
    return replace(
        register,
        decisions=tuple(
            one
            for one in register.decisions
            if one.verdict is not Verdict.LISTED or one.of in listed
        ),
    )


def whose(decision: Decision) -> str | None:
    """The code of the participant whose name a form was said to be, if it was."""
    of = decision.of if decision.verdict is Verdict.PARTICIPANT else None
    return of.split(BETWEEN)[0] if of else None


def not_thought_of(decisions: Iterable[Decision], consent: Consent) -> Mapping[str, list[str]]:
    """Of forms that were let out, those who may not be named, bear them, and were not asked about.

    By form, the codes in order. A form that was said to be of somebody named is let out as far as
    it is misspelt: their very name is shown as nobody's where somebody else bears it.
    """
    said = [one for one in decisions if one.verdict is not Verdict.LISTED]
    if not said:
        return {}
    bearers = Bearers(consent)
    found: dict[str, list[str]] = {}
    for one in said:
        codes: set[str] = set()
        if one.verdict in _LET_OUT:
            codes = bearers.exactly(one.form) | bearers.nearly(one.form)
        elif (code := whose(one)) and consent.level(code) is Attribution.NAMED:
            codes = bearers.nearly(one.form)
        if missed := sorted(codes - set((one.of or "").split(BETWEEN))):
            found[one.form] = missed
    return found


class Bearers:
    """Who of those not to be named bears which form, or one that is a letter away from it."""

    def __init__(self, consent: Consent) -> None:
        self._exactly: dict[tuple[str, ...], set[str]] = {}
        for code, one in consent.identities.items():
            if consent.level(code) is not Attribution.NAMED:
                for name in (one.name, *one.aliases):
                    for form in (*whole_forms(name), *parts(name)):
                        self._exactly.setdefault(plain_words(form), set()).add(code)
        self._words = [words[0] for words in self._exactly if len(words) == 1]

    def exactly(self, form: str) -> set[str]:
        """The codes of those who bear a form."""
        return self._exactly.get(plain_words(form), set())

    def nearly(self, form: str) -> set[str]:
        """The codes of those of whose name it may be a misspelling."""
        near = near_names(form, self._words)
        return set().union(*(self._exactly[(word,)] for word in near))
