"""Forms that were said to be words, or somebody else's, and whether that still holds.

It was said of those who bore such a name then, and the decision says of whom (`of`). Who bears it
and joined later, or may no longer be named, was not thought of: against them it does not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from qualcode.model.names import Decision, Verdict
from qualcode.model.people import Attribution
from qualcode.services.consent.attribution import Consent
from qualcode.text.names.forms import parts, whole_forms
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


def not_thought_of(decisions: Iterable[Decision], consent: Consent) -> Mapping[str, list[str]]:
    """Of forms that were let out, those who may not be named, bear them, and were not asked about.

    By form, the codes in order.
    """
    let_out = [one for one in decisions if one.verdict in _LET_OUT]
    if not let_out:
        return {}
    bearers = _bearers(consent)
    found = {
        one.form: sorted(
            bearers.get(plain_words(one.form), set()) - set((one.of or "").split(BETWEEN))
        )
        for one in let_out
    }
    return {form: codes for form, codes in found.items() if codes}


def _bearers(consent: Consent) -> Mapping[tuple[str, ...], set[str]]:
    """Who of those not to be named bears which form, by the words of the form."""
    bearers: dict[tuple[str, ...], set[str]] = {}
    for code, one in consent.identities.items():
        if consent.level(code) is not Attribution.NAMED:
            for name in (one.name, *one.aliases):
                for form in (*whole_forms(name), *parts(name)):
                    bearers.setdefault(plain_words(form), set()).add(code)
    return bearers
