"""Which labels of a file are speakers: `R:` is, `Note:` is not, and one line cannot tell.

A label counts where it names a part in an interview, comes back, carries a time of its own, is
named in the header, or stands in a file whose lines nearly all begin with one. A label that counts
only for the last reason is said aloud, and so is one that was left in the words. A file in which
hardly any line has a label is prose: then none counts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from qualcode.readers.grammar.labels import Form, Head, is_name_like, is_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcode.readers.ground.ledger import Ledger

_WORD = re.compile(r"\w+")

# A label in more lines than this share needs no other witness.
_MOSTLY = 0.5
# Fewer labelled lines than this share, in a file that does not begin with one, is prose.
_HARDLY = 0.05
# So often no phrase begins a line.
_OFTEN, _OFTEN_SHARE = 3, 0.1
# In fewer blocks than these, lines are counted alone.
_FEW_BLOCKS = 5
# What introduces people stands within this many characters of text before the first turns.
_LONGEST_HEADER = 40_000
# Beyond this number of doubtful labels one sentence says it for all.
_MOST_WARNINGS = 8


class Candidate(NamedTuple):
    """A line that may name a speaker; `starts_block` where a blank line stands before it."""

    head: Head
    line: int
    starts_block: bool


class Body(NamedTuple):
    """What the candidates stand in.

    `blocks` are runs of lines between blank ones; `first` is the number of the first line;
    `header` is the text before; `known` are speakers that the format itself names.
    """

    lines: int
    blocks: int
    first: int
    header: str = ""
    known: frozenset[str] = frozenset()


def choose_speakers(candidates: Sequence[Candidate], body: Body, ledger: Ledger) -> frozenset[str]:
    """The labels that are speakers."""
    heads = [candidate.head for candidate in candidates]
    labels = [head.label for head in heads]
    counts = Counter(labels)
    by_form: dict[Form, set[str]] = {form: set() for form in Form}
    # Heads that look alike are, as a rule, one object.
    for head in dict(zip(map(id, heads), heads, strict=True)).values():
        by_form[head.form].add(head.label)
    plain = by_form[Form.COLON] | by_form[Form.TIMED]
    introduced = _find_names(plain, body.header[:_LONGEST_HEADER])
    sure = {
        label for label in plain if label in introduced or _is_sure(label, counts, by_form, body)
    }
    sure |= _without_colon(candidates, counts, by_form, sure, body)
    sure = _with_other_case(sure, by_form, body)
    doubtful = {label for label in plain - sure if is_name_like(label)}
    taken = bool(doubtful) and _share(candidates, sure | doubtful, body) >= _MOSTLY
    chosen = frozenset(_with_other_case(sure | doubtful, by_form, body) if taken else sure)
    lines = [c.line for c, label in zip(candidates, labels, strict=True) if label in chosen]
    if not lines:
        return chosen
    if _is_prose(len(lines), chosen, candidates[0], body):
        ledger.warn(
            "labels-left",
            f"{len(lines)} of {body.lines} lines look as if they name a speaker, too few to be a"
            " conversation; they were left in the words",
            lines[0],
        )
        return frozenset()
    if chosen & by_form[Form.NAME]:
        message = "lines that hold nothing but a name were taken as speaker labels"
        ledger.warn("labels-alone", message, lines[0])
    if doubtful:
        _warn_once([c.line for c in candidates if c.head.label in doubtful], ledger, taken=taken)
    return chosen


def _is_prose(labelled: int, chosen: frozenset[str], first: Candidate, body: Body) -> bool:
    """True where hardly any line names a speaker, the first one does not, and the format none."""
    begins_labelled = first.line == body.first and first.head.label in chosen
    return labelled < _HARDLY * body.lines and not begins_labelled and not chosen & body.known


def _is_sure(label: str, counts: Counter[str], by_form: dict[Form, set[str]], body: Body) -> bool:
    if label in body.known or is_role(label):
        return True
    named = is_name_like(label)
    if label in by_form[Form.TIMED] and len(by_form[Form.TIMED]) > 1 and named:
        return True
    if counts[label] > 1 and (named or " " not in label or label in by_form[Form.TIMED]):
        return True
    # A phrase in small letters may come twice ("the thing is:"); "male narrator:" comes often.
    return counts[label] >= max(_OFTEN, _OFTEN_SHARE * body.lines)


def _find_names(labels: set[str], header: str) -> set[str]:
    """The labels like names that stand in a text as whole words.

    The text is gone through once, however many labels there are.
    """
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for label in labels:
        word = _WORD.match(label)
        if word and is_name_like(label):
            lengths[word[0]].add(len(label))
    found: set[str] = set()
    for word in _WORD.finditer(header) if lengths else ():
        for length in lengths.get(word[0], ()):
            end = word.start() + length
            name = header[word.start() : end]
            if name in labels and not _WORD.match(header, end):
                found.add(name)
    return found


def _without_colon(
    candidates: Sequence[Candidate],
    counts: Counter[str],
    by_form: dict[Form, set[str]],
    sure: set[str],
    body: Body,
) -> set[str]:
    """Labels in forms that other words take too: they need a second witness.

    `[Name]` needs one with a time, or to come back beside a second such name; `**Name**` to come
    back; `Q.` its `A.`; a name before a tab or alone on a line to come back, and most lines or
    blocks to begin so.
    """
    recurring = {label for label in counts if counts[label] > 1 and is_name_like(label)}
    boxed = by_form[Form.BOXED] & recurring
    chosen = (by_form[Form.BOXED] | by_form[Form.ALONE]) & sure
    roles = {label for label in by_form[Form.BOXED] if is_role(label)}
    if len(boxed | roles) > 1 and boxed:
        chosen |= boxed | roles
    chosen |= by_form[Form.ALONE] & recurring
    letters = {label for label in by_form[Form.LETTER] if counts[label] > 1}
    if {label[0] for label in letters} == {"Q", "A"}:
        chosen |= letters
    for form in (Form.TABBED, Form.NAME):
        labels = by_form[form] & recurring
        if len(labels) > 1 and _share(candidates, labels, body) >= _MOSTLY:
            chosen |= labels
    return chosen


def _with_other_case(chosen: set[str], by_form: dict[Form, set[str]], body: Body) -> set[str]:
    """The labels, and those that differ from a speaker only in case: `anna:` beside `Anna:`."""
    folded = {label.casefold() for label in chosen | body.known}
    marked = by_form[Form.COLON] | by_form[Form.TIMED] | by_form[Form.BOXED] | by_form[Form.ALONE]
    return chosen | {label for label in marked if label.casefold() in folded}


def _share(candidates: Sequence[Candidate], labels: set[str], body: Body) -> float:
    """The part of the lines that begin with one of the labels, or of the blocks if that is more."""
    labelled = [candidate for candidate in candidates if candidate.head.label in labels]
    lines = len(labelled) / (body.lines or 1)
    if body.blocks < _FEW_BLOCKS:
        return lines
    return max(lines, sum(candidate.starts_block for candidate in labelled) / body.blocks)


def _warn_once(lines: list[int], ledger: Ledger, *, taken: bool) -> None:
    if len(lines) > _MOST_WARNINGS:
        they = "were taken as speakers" if taken else "were left in the words"
        message = f"{len(lines)} labels occur only once and {they}; this is the first"
        ledger.warn("label-once", message, lines[0])
        return
    became = "was taken as a speaker" if taken else "was left in the words"
    for line in lines:
        ledger.warn("label-once", f"a label occurs only once and {became}", line)
