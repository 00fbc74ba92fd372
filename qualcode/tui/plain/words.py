"""What `--plain` says: a passage, the codes on it, the codebook, its commands; one thing a line.

Lines are written to be heard as well as read: no box, no colour, no column, and nothing that only
its place on a screen would explain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from qualcode.model.people import Role
from qualcode.tui.keys import plain_words

if TYPE_CHECKING:
    from qualcode.model.codebook import Code, Codebook
    from qualcode.model.coding import Coding
    from qualcode.model.spans import Span, Turn
    from qualcode.services.work.coding_session import Change, CodingSession

FORMS: Final[Mapping[str, str]] = {
    "go": "TURN or TIME",
    "tag": "CODE",
    "untag": "[CODE]",
    "doubt": "[CODE]",
    "memo": "TEXT",
    "ends": "+N or -N [CODE]",
    "in-vivo": "[THEME]",
    "search": "WORDS",
    "codes": "[THEME]",
    "accept": "N",
    "move": "N",
    "drop": "N",
}
"""What comes after a word; the words that are not here stand alone."""

_IN_LINES: Final[Mapping[str, str]] = {
    "help": "List the commands.",
    "go": "Go to a turn by its number, or to a time such as 14:20.",
    "tag": "Put a code on the passage: by name, by its number in the list, or by letters of it.",
    "untag": "Take your code off here; where several lie, say which.",
    "more": "Make the passage longer by a sentence.",
    "less": "Make it shorter by a sentence.",
    "ends": "Make your coding here longer or shorter by words; 'ends start +N' moves its start.",
    "in-vivo": "Make a new code named by the words of the passage, marked as proposed.",
    "review": "List what waits since this transcript was corrected, each with a number.",
    "accept": "Lay what was listed as N on the words that are proposed.",
    "move": "Lay what was listed as N on the passage you are at.",
    "drop": "Take what was listed as N off, if it is yours; its memos stay on the passage.",
    "play": "Play the turn from the recording; once more stops it.",
}
"""Said otherwise than in the table, which speaks of keys there."""

ONLY_IN_LINES: Final[Mapping[str, str]] = {
    "yes": "Put the code on that was guessed.",
    "codes": "List the codes with what they mean, and the numbers of those that have one.",
    "where": "Say where you are and what is done.",
}
"""What a screen shows without being asked."""


def all_words() -> dict[str, str]:
    """Every command of `--plain` with its sentence, in the order of the table."""
    words = {word: _IN_LINES.get(word, one.help) for word, one in plain_words().items()}
    settling = {word: words.pop(word) for word in ("review", "accept", "move", "drop")}
    last = {word: words.pop(word) for word in ("help", "quit")}
    return {**words, **settling, **ONLY_IN_LINES, **last}


def help_lines() -> Iterator[str]:
    """The commands, each with what follows it and what it does."""
    for word, sentence in all_words().items():
        yield f"{' '.join(filter(None, (word, FORMS.get(word, ''))))}: {sentence}"
    yield "An empty line is the same as next."


def passage_lines(session: CodingSession, span: Span) -> Iterator[str]:
    """The passage: where it is, who says which words, what is on it."""
    text = session.text
    yield text.locator(span.start)
    for turn in _turns(session, span):
        words = text.text[max(turn.start, span.start) : min(turn.end, span.end)]
        yield f"{speaker(session, turn)}: {words}"
    codings = session.codings_at(span, everyone=True)
    for coding in codings:
        yield f"coded {coding_words(session, coding, span)}"
    if not codings:
        yield "no code here"
    for memo in session.memos_at(span):
        yield f"memo by {memo.coder}: {memo.body}"


def speaker(session: CodingSession, turn: Turn) -> str:
    """Who speaks, with what they are where their label does not say it."""
    label = turn.speaker or ""
    known = session.speakers.get(label)
    role = "" if known is None or known.role is Role.OTHER else str(known.role)
    if not label or label.casefold() == role:
        return label or role or "somebody"
    return f"{label}, {role}" if role else label


def coding_words(session: CodingSession, coding: Coding, span: Span) -> str:
    """A coding as one says it: code, whose, in doubt, and how far it reaches."""
    parts = [code_name(session.book, coding.code)]
    if not session.mine(coding):
        parts.append(f"by {coding.coder}")
    if coding.doubt:
        parts.append("in doubt")
    start, end = coding.segment.start, coding.segment.end
    if start > span.start or end < span.end:
        parts.append("on a part of this")
    if start < span.start or end > span.end:
        parts.append("reaching further")
    return ", ".join(parts)


def code_name(book: Codebook, code_id: str) -> str:
    """A code by the name that can be typed."""
    return book.full_name(code_id) or code_id


def code_lines(
    book: Codebook, theme: Code | None, usable: Mapping[str, Code], numbers: Mapping[str, str]
) -> Iterator[str]:
    """The codes that take codings, of one theme or of all, with numbers and definitions."""
    below = list(book.walk(None if theme is None else theme.id))
    for code in [*([theme] if theme else []), *(code for code, _ in below)]:
        if code.id not in usable:
            continue
        number = f"{numbers[code.id]}, " if code.id in numbers else ""
        meaning = f". {code.definition}" if code.definition else ""
        yield f"{number}{code_name(book, code.id)}: {code.name}{meaning}"


def where_lines(session: CodingSession, span: Span) -> Iterator[str]:
    """Where one is, and how much of the transcript is done."""
    turn = session.text.turn_at(span.start)
    number = 0 if turn is None else turn.n
    coded, answers = session.coverage()
    yield f"You are {session.coder}."
    yield f"{session.name}, turn {number} of {len(session.text.turns)}"
    yield f"{coded} of {answers} answers hold a code of yours."
    if session.finished:
        yield "You have finished this transcript."


def reverted(change: Change, did: str) -> str:
    """What undo or redo did."""
    records = f"{change.records} {'record' if change.records == 1 else 'records'}"
    elsewhere = f", in {change.elsewhere}" if change.elsewhere else ""
    return f"{did}: {change.reverted} ({records}){elsewhere}"


def _turns(session: CodingSession, span: Span) -> Iterator[Turn]:
    first = session.text.turn_at(span.start)
    for turn in session.text.turns[0 if first is None else first.n - 1 :]:
        if turn.start >= span.end:
            return
        if turn.end > span.start:
            yield turn
