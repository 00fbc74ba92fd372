"""What the text room costs, held against the least that each act can do on the same texts.

Knowing a transcript again is held against matching its words, a search against a look through the
text in small letters, finding a quotation against one bare alignment by rapidfuzz, sentences
against spaCy alone. `growth` is a transcript among 800 against one among 80. All is CPU time.

    python tests/bench/bench_text.py
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT)]

from qualcode.model.spans import Span  # noqa: E402
from qualcode.text.finding import find_quote  # noqa: E402
from qualcode.text.folding import fold  # noqa: E402
from qualcode.text.search import Query, parse_query, search  # noqa: E402
from qualcode.text.sentences import sentences  # noqa: E402
from qualcode.text.similarity import fingerprint, near_duplicates  # noqa: E402

WORDS, TURNS = 8_000, 235
"""Of one transcript: an interview of some fifty minutes."""

RUNS = 5
BARS = {
    "fingerprint": 2.5,
    "growth": 1.5,
    "search_rare_word": 6,
    "search_common_word": 8,
    "search_regex": 10,
    "find_quote": 6,
    "sentences": 2.5,
}
"""Times its floor that each may cost."""

_WORD = re.compile(r"\w+")

Texts = list[tuple[str, list[Span]]]
Figures = dict[str, dict[str, float]]


def run() -> dict[str, object]:
    """CPU milliseconds of each act and of its floor, their ratios, and whether bars are kept."""
    few = [make_transcript(seed) for seed in range(80)]
    many = few + [make_transcript(seed) for seed in range(80, 800)]
    cpu_ms = {
        "fingerprint": _against(
            lambda: [fingerprint(text) for text, _ in few],
            lambda: [_WORD.findall(text.casefold()) for text, _ in few],
        ),
        "growth": {
            "act": _cpu_ms(lambda: _know_again(many)) / len(many),
            "floor": _median_ms(lambda: _know_again(few)) / len(few),
        },
        **_searches(few),
        "find_quote": _quotes(few),
        "sentences": _sentences(few[:8]),
    }
    ratio = {name: round(figure["act"] / figure["floor"], 2) for name, figure in cpu_ms.items()}
    return {
        "bench": "text",
        "cpu_ms": {
            name: {part: round(value, 3) for part, value in figure.items()}
            for name, figure in cpu_ms.items()
        },
        "ratio": ratio,
        "bars": BARS,
        "within": all(ratio[name] <= bar for name, bar in BARS.items()),
    }


def make_transcript(seed: int) -> tuple[str, list[Span]]:
    """An interview that says nothing, of words as common and as rare as in every language."""
    chance = Random(seed)
    syllables = [a + b for a in "bcdfghlmnprstvw" for b in ("a", "e", "i", "o", "ou", "er", "n’t")]
    known = ["".join(Random(n).choices(syllables, k=n % 3 + 1)) for n in range(6_000)]
    weights = [1 / (rank + 5) for rank in range(len(known))]
    drawn = iter(chance.choices(known, weights, k=WORDS))
    lengths = [chance.choice((3, 12, 30, 90)) for _ in range(TURNS)]
    share = WORDS / sum(lengths)
    turns: list[str] = []
    for length in lengths:
        words = [word for word, _ in zip(drawn, range(max(1, int(length * share))), strict=False)]
        for at in range(0, len(words), 12):
            words[at] = words[at].capitalize()
            words[at - 1] += "." if at else ""
        turns.append(" ".join(words) + "?")
    spans: list[Span] = []
    begin = 0
    for turn in turns:
        spans.append(Span(begin, begin + len(turn)))
        begin += len(turn) + 2
    return "\n\n".join(turns), spans


def _know_again(texts: Texts) -> None:
    sketches = {f"P{at}": fingerprint(text).sketch for at, (text, _) in enumerate(texts)}
    if near_duplicates(sketches, {}):
        raise RuntimeError("strangers were taken for one interview")


def _searches(texts: Texts) -> Figures:
    rare = next(word for word in reversed(_WORD.findall(texts[3][0])) if len(word) > 5)
    common = _WORD.findall(texts[0][0])[0]
    queries = {"rare_word": rare, "common_word": f"{common}*", "regex": rf"/{rare}\w* \w+/"}
    floor = _median_ms(lambda: [rare in text.lower() for text, _ in texts])
    return {
        f"search_{name}": {"act": _search_ms(parse_query(query), texts), "floor": floor}
        for name, query in queries.items()
    }


def _search_ms(query: Query, texts: Texts) -> float:
    return _median_ms(lambda: [search(query, text, turns) for text, turns in texts])


def _quotes(texts: Texts) -> dict[str, float]:
    """Quotations of some 150 characters with two words changed, each in its own transcript."""
    from rapidfuzz import fuzz

    chance = Random(1)
    quotes: list[tuple[str, str]] = []
    for text, _ in texts[:40]:
        words = text.split()
        at = chance.randrange(len(words) - 40)
        said = words[at : at + 30]
        said[7], said[19] = "hm", said[19][::-1]
        quotes.append((" ".join(said), text))
    found = [find_quote(words, text).places for words, text in quotes]
    if not all(found):
        raise RuntimeError("quotations with two words changed were not found")
    return _against(
        lambda: [find_quote(words, text) for words, text in quotes],
        lambda: [
            fuzz.partial_ratio_alignment(fold(words), fold(text), score_cutoff=70)
            for words, text in quotes
        ],
    )


def _sentences(texts: Texts) -> dict[str, float]:
    import spacy

    bare = spacy.blank("en")
    bare.add_pipe("sentencizer")
    sentences("A word. Another.", language="en")  # loads the pipeline once
    return _against(
        lambda: [sentences(text, language="en", units=turns) for text, turns in texts],
        lambda: [
            list(bare(text[turn.start : turn.end]).sents) for text, turns in texts for turn in turns
        ],
    )


def _against(act: Callable[[], object], floor: Callable[[], object]) -> dict[str, float]:
    return {"act": _median_ms(act), "floor": _median_ms(floor)}


def _median_ms(act: Callable[[], object]) -> float:
    return statistics.median(_cpu_ms(act) for _ in range(RUNS))


def _cpu_ms(act: Callable[[], object]) -> float:
    before = time.process_time()
    act()
    return (time.process_time() - before) * 1000


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
