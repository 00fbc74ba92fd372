"""What may be a name and nobody has listed: misspelt names, and names that nobody knows.

Both are guesses from capitals, for a person to look through. One in ten names is never written
with a capital inside a sentence, or is a word besides: who wants to be sure reads the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from qualcode.model.spans import Span
from qualcode.text.names.context import begins_a_sentence
from qualcode.text.names.finder import Term
from qualcode.text.names.wordlists import CALENDAR, COMMON, EVERYDAY, NOBODY, TITLES
from qualcode.text.plain import plain_spelling, plain_words, written_words

SHORTEST_PART: Final = 4
"""Letters of a name from which on a word one letter away is more likely it than another word."""

_NEVER: Final = CALENDAR | COMMON | EVERYDAY | NOBODY | TITLES
_NO_NAMES: Final = CALENDAR | NOBODY | TITLES | {"i"}  # as in `I've`
_CAPITALISED: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BEFORE: Final = re.compile(r"(?:^|([^\W\d_]+)\s{1,2}|(?<!-)\s|[,.;:?!(\"“‘'])$")
_BEHIND: Final = re.compile(r"[\s,;:?!)\"”]|['’](?![^\W\d_]{3})|\.(?![^\W\d_])|$")
"""What stands before a word that is no piece of one, with the word before it, and what behind."""

_BETWEEN: Final = frozenset({" ", "\n", " of ", " de ", " van ", " der ", " al-", "-"})


def vocabulary(texts: Iterable[str]) -> Counter[str]:
    """The words of texts as they are written, each with how often."""
    found: Counter[bytes] = Counter()
    for text in texts:
        found.update(written_words(text))
    return Counter({word.decode("utf-8", "surrogatepass"): n for word, n in found.items()})


def variants(terms: Iterable[Term], words: Mapping[str, int]) -> dict[str, tuple[Term, ...]]:
    """Capitalised words that may be a listed name misspelt, each with the names they are near to.

    A form is one letter left out, put in, changed or swapped away from a name of one word and at
    least four letters. What is found in small letters, too, is a word.
    """
    near: dict[str, list[Term]] = {}
    known: set[str] = set()
    for term in terms:
        parts = plain_words(term.words)
        known.update(parts)
        if len(parts) == 1 and len(parts[0]) >= SHORTEST_PART:
            near.setdefault(parts[0], []).append(term)
    forms = _never_small(words, known=known) if near else {}
    if not forms:
        return {}
    from rapidfuzz import process  # 20 ms; only where names are known and a word may be one
    from rapidfuzz.distance import OSA

    found: dict[str, dict[Term, None]] = {}
    spellings = list(forms)
    for part, named in near.items():
        for spelling, _, _ in process.extract_iter(
            part, spellings, scorer=OSA.distance, score_cutoff=1
        ):
            for form in forms[spelling]:
                found.setdefault(form, {}).update(dict.fromkeys(named))
    return {form: tuple(found[form]) for form in sorted(found)}


def near_names(form: str, names: Iterable[str]) -> list[str]:
    """Those of some names, in plain spelling, that a form may be, misspelt as in `variants`."""
    words = plain_words(form)
    if len(words) != 1 or len(words[0]) < SHORTEST_PART - 1 or words[0] in _NEVER:
        return []
    others = [name for name in names if len(name) >= SHORTEST_PART and name != words[0]]
    if not others:
        return []
    from rapidfuzz import process  # 20 ms, as above
    from rapidfuzz.distance import OSA

    found = process.extract_iter(words[0], others, scorer=OSA.distance, score_cutoff=1)
    return [name for name, _, _ in found]


def unknown_names(text: str, *, small: Collection[str] | None = None) -> list[Span]:
    """Capitalised words inside sentences that are nowhere in small letters, in order.

    Words that follow one another are one. `small` are the words that are known in small letters,
    in plain spelling; without it those of the text itself.
    """
    known = small_words(vocabulary([text])) if small is None else small
    spans: list[Span] = []
    for word in _CAPITALISED.finditer(text):
        start, end = word.span()
        if not _may_name(word[0], known):
            continue
        if spans and text[spans[-1].end : start] in _BETWEEN:
            spans[-1] = Span(spans[-1].start, end)
        elif not begins_a_sentence(text, start):
            spans.append(Span(start, end))
    return spans


def small_words(words: Iterable[str]) -> set[str]:
    """Those of a vocabulary that are found in small letters, in plain spelling."""
    return {_plain(word) for word in words if word.islower()}


def write_capitals(words: Mapping[str, int]) -> bool:
    """True where the texts of a vocabulary have capitals at the heads of sentences.

    Then some words stand there both ways: at least one in a hundred is such a one with a capital.
    """
    both = (n for word, n in words.items() if word[0].isupper() and word.lower() in words)
    return sum(both) * _ONE_IN >= sum(words.values()) > 0


_ONE_IN: Final = 100


def known_small(words: Iterable[str], names: Iterable[str], texts: Iterable[str]) -> frozenset[str]:
    """The small words of a vocabulary, in plain spelling; half a name is none for being one.

    What is a piece of one of the names, too, has to stand by itself in one of the texts: in
    `<b>Nor</b>rstead` there is no word `rstead`.
    """
    small: dict[str, list[str]] = {}
    for word in words:
        if word.islower():
            small.setdefault(_plain(word), []).append(word)
    pieces = {
        name[start:end]
        for name in {word for one in names for word in plain_words(one)}
        for start in range(len(name))
        for end in range(start + 1, len(name) + 1)
    }
    waiting = {spelling: small[spelling] for spelling in (pieces & small.keys()) - EVERYDAY}
    # Two letters are too often no word, as in `we're`, and stand in every line.
    short = {one for one in waiting if len(one) < SHORTEST_PART - 1}
    waiting = {spelling: written for spelling, written in waiting.items() if spelling not in short}
    for text in texts:
        if not waiting:
            break
        for spelling in [
            one
            for one, written in waiting.items()
            if any(_stands_alone(word, one, text, pieces) for word in written)
        ]:
            del waiting[spelling]
    return frozenset(small.keys() - waiting.keys() - short)


def _stands_alone(word: str, spelling: str, text: str, pieces: Collection[str]) -> bool:
    """True where a word stands in a text with nothing beside it that makes it part of a name."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        before = _BEFORE.search(text, max(0, at - 40), at)
        if before is not None and _BEHIND.match(text, end):
            joined = _plain(before[1] or "") + spelling
            if not before[1] or joined not in pieces:
                return True
        at = text.find(word, end)
    return False


def _never_small(words: Mapping[str, int], known: Collection[str]) -> dict[str, list[str]]:
    """Forms with a capital by their plain spelling, without words and without the names known."""
    small = small_words(words)
    forms: dict[str, list[str]] = {}
    for word in words:
        if not _has_capital(word) or len(word) < SHORTEST_PART - 1:
            continue
        spelling = _plain(word)
        if spelling not in small and spelling not in known and spelling not in _NEVER:
            forms.setdefault(spelling, []).append(word)
    return forms


def _has_capital(word: str) -> bool:
    return word[0].isupper() or word[0].istitle()


def _may_name(word: str, small: Collection[str]) -> bool:
    if not _has_capital(word) or len(word) == 1:
        return False
    words = plain_words(word)
    return bool(words) and not any(
        words[0] in known or words[0].removesuffix("s") in known for known in (small, _NO_NAMES)
    )


def _plain(word: str) -> str:
    word = unicodedata.normalize("NFC", word)
    return word.lower() if word.isascii() else plain_spelling(word).text
