"""How many planted names are found, and what looking for them costs.

640,000 words of 80 invented interviews, in which 60 listed people are spoken of some 5,400 times:
whole, in parts, turned round, with initials, in capitals, with 's, and one time in six misspelt by
one letter. Others are spoken of, too, some by names one letter away from a listed one, and everyday
words are said that are names besides. A hit is right where a listed person is meant.

    python tests/bench/bench_names.py
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench.bench_text import make_transcript  # noqa: E402

from qualcode.model.consent import Edit  # noqa: E402
from qualcode.model.spans import Span  # noqa: E402
from qualcode.services.consent.names.forbidden import Forbidden, Terms  # noqa: E402
from qualcode.text.names.finder import Term  # noqa: E402
from qualcode.text.names.forms import parts, whole_forms  # noqa: E402
from qualcode.text.names.guesses import variants, vocabulary  # noqa: E402

TRANSCRIPTS, PEOPLE, MENTIONS, OTHERS = 80, 60, 68, 24
"""Mentions of listed people, and of others, are those in one transcript."""

MISSPELT = 0.16
_WORD = re.compile(r"\w+")
RUNS = 3
BARS = {"edits": 6, "edits_nobody_named": 4, "vocabulary": 3}
"""Times the least that can be done on the same texts: finding their words."""

FORENAMES = """
    Thomas Sarah Janine Nasreen Lloyd Hiwot Ruth Sheila Malcolm Zoë Iqbal Wanda Kofi Ama Siobhán
    Mark Will Grace Hope Frank Amber Dawn Pauline Roger Colin Theo Martin Eve Farida Omar Leila
    Yusuf Bronwen Gethin Ioana Piotr Agnieszka Marek Dilys Carys Nadia Samir Priya Anil Meera
    Tendai Chipo Winston Delroy Marcia Yvonne Denise Trevor Norma Keith Brenda Stuart Fiona Ewan
    Morag
"""
SURNAMES = """
    Stevens Jones Hollas Holroyd Hanniford Tesfay Adeyemi Broadbent Eddington Hartnoll Rehman
    Fairweather Mensah Boateng Briain Carter Grant Bishop Marsh Field Rose Young Church Furlong
    Oyelaran Khalil Hussain Begum Choudhury Patel Rao Nkomo Moyo Campbell Francis Sinclair Reid
    Murdoch Llewellyn Bowen Popescu Kowalski Nowak Wojcik Haddad Aziz Shah Gill Dhillon Sandhu
    Bailey Marsden Ogden Ramsbottom Entwistle Clegg Haworth Pickles Sutcliffe Greenwood
"""
STRANGERS = """
    Tomas Steven Sara Janina Floyd Marks Rosa Grants Hollis Marden Joan Bayley Francois
    Jane Peter Susan David Emily Oliver Jacob Clara Hugo Felix Ivor Nora Edith Wilson Thompson
    Robinson Edwards Hughes Turnbull Pearce Fletcher Simmonds Barrow Lomax Thackray
"""
EVERYDAY = """
    will mark hope grace grant field rose young church frank dawn carter bishop
"""


@dataclass(frozen=True, slots=True)
class Planted:
    """Texts, where listed people are spoken of in each, and which of these are misspelt."""

    texts: list[str]
    meant: list[list[Span]]
    misspelt: list[set[Span]]
    forms: dict[str, str]


def run() -> dict[str, object]:
    """Precision and recall, CPU milliseconds of each act and of its floor, and their ratios."""
    listed = [f"{one} {two}" for one, two in zip(FORENAMES.split(), SURNAMES.split(), strict=True)]
    planted = plant(listed)
    terms = [
        Term(form, f"[P{at:02}]")
        for at, name in enumerate(listed)
        for form in dict.fromkeys((*whole_forms(name), *parts(name)))
    ]
    singles = [term for term in terms if " " not in term.words]
    near = variants(singles, vocabulary(planted.texts))
    rightly = [Term(form, "[name]") for form in near if form in planted.forms]
    looking = {
        "listed forms alone": Forbidden(Terms(tuple(terms)), names_at_hand=True),
        "with variants that nobody has settled": Forbidden(
            Terms(tuple(terms), misspelt=near), names_at_hand=True
        ),
        "with each variant settled once": Forbidden(Terms((*terms, *rightly)), names_at_hand=True),
    }
    found = {what: score(planted, one.edits) for what, one in looking.items()}
    finder = looking["with each variant settled once"]
    plain = [make_transcript(seed)[0] for seed in range(TRANSCRIPTS)]
    floor = _median_ms(lambda: [_WORD.findall(text.casefold()) for text in planted.texts])
    acts: dict[str, Callable[[], object]] = {
        "edits": lambda: [finder.edits(text) for text in planted.texts],
        "edits_nobody_named": lambda: [finder.edits(text) for text in plain],
        "vocabulary": lambda: variants(singles, vocabulary(planted.texts)),
    }
    cpu_ms = {name: _median_ms(act) for name, act in acts.items()}
    ratio = {name: round(ms / floor, 2) for name, ms in cpu_ms.items()}
    return {
        "bench": "names",
        "found": found,
        "forms to settle": len(near),
        "cpu_ms": {name: round(ms, 1) for name, ms in {**cpu_ms, "floor": floor}.items()},
        "ratio": ratio,
        "bars": BARS,
        "within": all(ratio[name] <= bar for name, bar in BARS.items()),
    }


def plant(listed: list[str]) -> Planted:
    """Interviews with mentions of listed people and of strangers between their words."""
    chance = Random(5)
    texts, meant, misspelt, forms = [], [], [], {}
    for seed in range(TRANSCRIPTS):
        words = make_transcript(seed)[0].split(" ")
        places = sorted(chance.sample(range(1, len(words)), MENTIONS + 2 * OTHERS), reverse=True)
        who = ["listed"] * MENTIONS + ["stranger"] * OTHERS + ["everyday"] * OTHERS
        chance.shuffle(who)
        said: dict[int, tuple[str, bool, bool]] = {}
        for at, kind in zip(places, who, strict=True):
            if kind == "listed":
                form, is_misspelt = mention(chance.choice(listed), chance)
                if is_misspelt:
                    forms[form] = form
                said[at] = (form, True, is_misspelt)
            else:
                pool = (STRANGERS if kind == "stranger" else EVERYDAY).split()
                said[at] = (chance.choice(pool), False, False)
        text, spans, wrong = _laid(words, said)
        texts.append(text)
        meant.append(spans)
        misspelt.append(wrong)
    return Planted(texts, meant, misspelt, forms)


def mention(name: str, chance: Random) -> tuple[str, bool]:
    """A person as they are spoken of, and whether the name is misspelt."""
    forename, surname = name.split()
    if chance.random() < MISSPELT:
        return _slip(chance.choice((forename, surname)), chance), True
    turned, initial = f"{surname}, {forename}", f"{forename[0]}. {surname}"
    possessive = f"{surname}’s"
    form = chance.choice(
        (forename, forename, forename, surname, name, turned, initial, forename.upper(), possessive)
    )
    return form, False


def score(planted: Planted, edits: Callable[[str], Iterable[Edit]]) -> dict[str, float]:
    """Of what was found how much was meant, and of what was meant how much was found."""
    right = found = meant = of_meant = wrong = of_wrong = 0
    for text, spans, misspelt in zip(planted.texts, planted.meant, planted.misspelt, strict=True):
        hits = [edit.span for edit in edits(text)]
        found += len(hits)
        right += sum(any(_touch(hit, span) for span in spans) for hit in hits)
        seen = {span for span in spans if any(_touch(hit, span) for hit in hits)}
        meant, of_meant = meant + len(spans), of_meant + len(seen)
        wrong, of_wrong = wrong + len(misspelt), of_wrong + len(misspelt & seen)
    return {
        "precision": round(right / found, 3),
        "recall": round(of_meant / meant, 3),
        "recall of misspelt": round(of_wrong / wrong, 3),
        "mentions": meant,
        "misspelt": wrong,
    }


def _laid(
    words: list[str], said: dict[int, tuple[str, bool, bool]]
) -> tuple[str, list[Span], set[Span]]:
    pieces: list[str] = []
    spans: list[Span] = []
    wrong: set[Span] = set()
    length = 0
    for at, word in enumerate(words):
        if at in said:
            form, is_listed, is_misspelt = said[at]
            span = Span(length, length + len(form))
            if is_listed:
                spans.append(span)
            if is_misspelt:
                wrong.add(span)
            pieces.append(form)
            length += len(form) + 1
        pieces.append(word)
        length += len(word) + 1
    return " ".join(pieces), spans, wrong


def _slip(word: str, chance: Random) -> str:
    """A word with one letter left out, put in, changed, or swapped with the next."""
    at = chance.randrange(1, len(word))
    letter = chance.choice("aeinorst")
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[: at - 1] + word[at - 1 : at + 1][::-1].lower() + word[at + 1 :]
            if at > 1
            else word[:at] + letter + word[at:],
        )
    )


def _touch(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end


def _median_ms(act: Callable[[], object]) -> float:
    def once() -> float:
        before = time.process_time()
        act()
        return (time.process_time() - before) * 1000

    return statistics.median(once() for _ in range(RUNS))


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
