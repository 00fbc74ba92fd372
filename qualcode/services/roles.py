"""Who is who in a transcript: the interviewer told apart from those who were interviewed.

The manifest decides where it speaks; a label that says what somebody is decides next; what is
still open stays `other`, and a warning says so. A guess is never made about a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.model.people import Role, Speaker
from qualcode.model.transcript import ReadingWarning
from qualcode.services.manifest_rows import ManifestRow


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What transcribers write for the one who asks and the one who answers, in the languages that the
# collected transcripts are in. Single letters are the abbreviations of f4, MAXQDA and Word users.
_INTERVIEWER_WORDS = _words("""
    i int iv interviewer interviewerin interviewers interview q question researcher
    facilitator moderator moderation fieldworker chercheur chercheuse checheur
    enquêteur enquêtrice intervieweur intervieweuse befrager befragerin
    entrevistador entrevistadora investigador intervistatore intervistatrice mod inv
    """)
_PARTICIPANT_WORDS = _words("""
    r p a b ip resp respondent participant particpant interviewee informant answer
    befragte befragter befragt interviewé interviewée interviewe enquêté enquêtée
    répondant répondante entrevistado entrevistada participante intervistato
    intervistata par
    """)
_NUMBERED = re.compile(r"(?P<word>[^\W\d_]+)[ ._-]*\d{1,3}")
_BETWEEN_NAMES = re.compile(r"[\s,;/&]+")
UNLABELLED = ""
"""The label of a transcript's speaker where no label is there at all."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The speakers of one transcript in the order of their labels, and what stayed unclear."""

    speakers: tuple[Speaker, ...]
    warnings: tuple[ReadingWarning, ...] = ()


def cast(
    labels: Sequence[str],
    rows: Sequence[ManifestRow],
    codes: Mapping[int, str],
    *,
    known: Mapping[str, Speaker] | None = None,
    interviewer: str | None = None,
) -> Cast:
    """Roles and participants for the labels of one transcript.

    `rows` are the manifest's rows of this interview and `codes` their participant codes by line.
    `known` are the speakers as they stand in the store, where a person may have set them: they
    stay, unless the manifest says otherwise. `interviewer` is who asked, as the file itself says.
    """
    found: dict[str, Speaker] = {}
    for label in labels:
        before = (known or {}).get(label)
        found[label] = before or Speaker(label, _role_by_word(label))
    open_rows = []
    for row in rows:
        code = codes.get(row.line)
        if code is None:
            continue
        theirs = _label_of(row, code, labels)
        if theirs is None:
            open_rows.append(row)
        else:
            found[theirs] = Speaker(theirs, Role.PARTICIPANT, code)
    asked = [row.interview_attributes.get("interviewer") for row in rows]
    for label in labels:
        if found[label].participant is None and _is_interviewer(label, [*asked, interviewer]):
            found[label] = Speaker(label, Role.INTERVIEWER)
    warnings = _settle(found, labels, open_rows, codes)
    return Cast(tuple(found.values()), (*warnings, *_unclear(found.values())))


def _settle(
    found: dict[str, Speaker],
    labels: Sequence[str],
    rows: Sequence[ManifestRow],
    codes: Mapping[int, str],
) -> list[ReadingWarning]:
    """Give the one open participant the one open label; say what cannot be settled so."""
    rows = [row for row in rows if codes[row.line] not in {s.participant for s in found.values()}]
    if not rows:
        return []
    if not labels and len(rows) == 1:
        found[UNLABELLED] = Speaker(UNLABELLED, Role.OTHER, codes[rows[0].line])
        return []
    answering = [
        x for x in labels if found[x].role is Role.PARTICIPANT and not found[x].participant
    ]
    free = answering or [x for x in labels if found[x].role is Role.OTHER]
    if len(rows) == 1 and len(free) == 1 and not rows[0].speaker:
        found[free[0]] = Speaker(free[0], Role.PARTICIPANT, codes[rows[0].line])
        return []
    return [
        ReadingWarning(
            "speaker-not-found",
            "the label of this participant was not found among the speakers, so nothing of theirs "
            "is told apart (give it in the manifest's column 'speaker', or with: qualcode "
            "transcripts speaker)",
            row.line,
        )
        for row in rows
    ]


def _unclear(speakers: Iterable[Speaker]) -> list[ReadingWarning]:
    """Say how many labels stayed open, never which: a label may be a name."""
    count = sum(speaker.role is Role.OTHER and bool(speaker.label) for speaker in speakers)
    if not count:
        return []
    who = "the role of one speaker is" if count == 1 else f"the roles of {count} speakers are"
    message = f"{who} not known: say it with: qualcode transcripts speaker"
    return [ReadingWarning("speaker-unclear", message)]


def _label_of(row: ManifestRow, code: str, labels: Sequence[str]) -> str | None:
    """The label that the manifest means for one participant, or None."""
    for wanted in (row.speaker, code, row.name, row.pseudonym):
        for label in labels:
            if wanted and _same(label, wanted):
                return label
    if row.name and not row.speaker:
        parts = [part for part in _BETWEEN_NAMES.split(row.name) if len(part) > 1]
        near = [label for label in labels if any(_same(label, part) for part in parts)]
        if len(near) == 1:
            return near[0]
    return None


def _is_interviewer(label: str, names: Iterable[str | None]) -> bool:
    """True where the label is one of these names, a part of it, or its initials."""
    for name in filter(None, names):
        parts = _BETWEEN_NAMES.split(name)
        # One letter is no initials: the R of a Rosa is also the R of every respondent.
        initials = "".join(part[:1] for part in parts) if len(parts) > 1 else name
        if any(_same(label, wanted) for wanted in (name, *parts, initials)):
            return True
    return False


def _role_by_word(label: str) -> Role:
    word = label.strip(" .()[]").casefold()
    numbered = _NUMBERED.fullmatch(word)
    if numbered:
        word = numbered["word"]
    if word in _INTERVIEWER_WORDS:
        return Role.INTERVIEWER
    return Role.PARTICIPANT if word in _PARTICIPANT_WORDS else Role.OTHER


def _same(label: str, wanted: str) -> bool:
    return label.strip(" .:()[]").casefold() == wanted.strip(" .:()[]").casefold()
