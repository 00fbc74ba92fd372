"""Who is who in a transcript: the interviewer told apart from those who were interviewed.

The manifest decides where it speaks; a label that says what somebody is decides next; what is
still open stays `other`, and a warning says so. A guess is never made about a person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from qualcode.model.people import Role, Speaker
from qualcode.model.transcript import ReadingWarning
from qualcode.services.intake.manifest_rows import ManifestRow
from qualcode.store.speaking import of_two_participants, spellings
from qualcode.text.folding import fold


def words(text: str) -> frozenset[str]:
    """The words of a list that is written as text."""
    return frozenset(text.split())


# What transcribers write for the one who asks and the one who answers, in the languages that the
# collected transcripts are in. Single letters are the abbreviations of f4, MAXQDA and Word users.
_INTERVIEWER_WORDS = words("""
    i int iv interviewer interviewerin interviewers interview q question researcher
    facilitator moderator moderation fieldworker chercheur chercheuse
    enquêteur enquêtrice intervieweur intervieweuse befrager befragerin
    entrevistador entrevistadora investigador intervistatore intervistatrice mod inv
    """)
_PARTICIPANT_WORDS = words("""
    r p a b ip resp respondent participant interviewee informant answer
    befragte befragter befragt interviewé interviewée interviewe enquêté enquêtée
    répondant répondante entrevistado entrevistada participante intervistato
    intervistata par
    """)
_SLIPS = {"checheur": Role.INTERVIEWER, "particpant": Role.PARTICIPANT}
"""Seen so often that they are read as the words that they miss a letter of."""

ROLE_WORDS = frozenset(map(fold, _INTERVIEWER_WORDS | _PARTICIPANT_WORDS))
"""What people write for those who ask and answer, in plain letters."""

_NUMBERED = re.compile(r"(?P<word>[^\W\d_]+)[ ._-]*\d{1,3}")
_BETWEEN_NAMES = re.compile(r"[\s,;/&]+")
STANDING = frozenset({"speaker-unclear", "speaker-in-no-row"})
"""What is said once, when a file comes in or somebody is said to speak, and not at every import."""

UNLABELLED = ""
"""The label of a transcript's speaker where no label is there at all."""


_DOUBLED = ReadingWarning(
    "speaker-of-two",
    "this row and another give the label of one speaker to two participants, so nobody knows whose "
    "of the two its words are: give each their own label in the column 'speaker'",
)
_JOINED = ReadingWarning(
    "spelling-of-two",
    "labels that were said to be one speaker's belong to two participants, and are read apart: "
    'take back which is wrong, with: qualcode transcripts speaker … --same-as ""',
)


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
    `known` are the speakers as they are written in the store, where a person may have set them:
    they stay, unless the manifest says otherwise. What is said of a spelling of a label is said of
    that label; where rows give the two to two participants, each label is whose its row says, and
    they are read apart. `interviewer` is who asked, as the file itself says.
    """
    known = known or {}
    found = {label: known.get(label) or Speaker(label, role_by_word(label)) for label in labels}
    read_as = spellings({**known, **found})
    for end in {read_as[label] for label in labels if label in read_as}:
        found.setdefault(end, known[end])
    coded = [row for row in rows if row.line in codes]
    theirs = {row.line: _label_of(row, codes[row.line], [*found]) for row in coded}
    open_rows = [row for row in coded if theirs[row.line] is None]
    doubled = _give(found, read_as, [row for row in coded if theirs[row.line]], codes, theirs)
    joined = {**known, **found}
    if of_two_participants(joined):
        doubled.append(_JOINED)
    read_as = spellings(joined)
    asked = [row.interview_attributes.get("interviewer") for row in rows]
    own = [label for label in found if label not in read_as]
    for label in own:
        if found[label].participant is None and _is_interviewer(label, [*asked, interviewer]):
            _say(found, label, Role.INTERVIEWER)
    warnings = _settle(found, own, open_rows, codes)
    unclear = _unclear([found[label] for label in own], of_rows=bool(rows))
    return Cast(tuple(found.values()), (*doubled, *warnings, *unclear))


def is_label(row: ManifestRow, labels: Iterable[str]) -> bool:
    """True where the speaker that a row names is among the labels."""
    return any(row.speaker and _same(label, row.speaker) for label in labels)


def _say(found: dict[str, Speaker], label: str, role: Role, code: str | None = None) -> None:
    """Say what a label is; what it is a spelling of stays."""
    found[label] = replace(found[label], role=role, participant=code)


def _give(
    found: dict[str, Speaker],
    read_as: Mapping[str, str],
    rows: Sequence[ManifestRow],
    codes: Mapping[int, str],
    theirs: Mapping[int, str | None],
) -> list[ReadingWarning]:
    """Give labels to the participants of their rows; say which rows want one that others want.

    `theirs` is the label that each row means, by its line.
    """
    of_label: dict[str, set[str]] = defaultdict(set)
    of_end: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        label = theirs[row.line] or ""
        of_label[label].add(codes[row.line])
        of_end[read_as.get(label, label)].add(codes[row.line])
    doubled = []
    for row in rows:
        label, code = theirs[row.line] or "", codes[row.line]
        end = read_as.get(label, label)
        if len(of_label[label]) > 1:
            doubled.append(replace(_DOUBLED, line=row.line))
        elif len(of_end[end]) > 1:
            _say(found, label, Role.PARTICIPANT, code)
        else:
            _say(found, end, Role.PARTICIPANT, code)
            if found[label].participant not in (None, code):
                _say(found, label, Role.PARTICIPANT, code)
    return doubled


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
        _say(found, free[0], Role.PARTICIPANT, codes[rows[0].line])
        return []
    return [
        ReadingWarning(
            "speaker-not-found",
            f"no speaker of the transcript is {codes[row.line]}, so none of its words are known as "
            "theirs (give their label in the manifest's column 'speaker', or with: qualcode "
            "transcripts speaker)",
            row.line,
        )
        for row in rows
    ]


def _unclear(speakers: Sequence[Speaker], *, of_rows: bool) -> list[ReadingWarning]:
    """Say how many labels stayed open, never which: a label may be a name.

    `of_rows` is True where a manifest speaks of the interview: then it should name who answers.
    """
    said = []
    count = sum(speaker.role is Role.OTHER and bool(speaker.label) for speaker in speakers)
    if count:
        who = "the role of one speaker is" if count == 1 else f"the roles of {count} speakers are"
        is_else = any(speaker.label and speaker.participant for speaker in speakers)
        whose = ", so their words are nobody's in particular" if is_else else ""
        message = f"{who} not known{whose}: say it with: qualcode transcripts speaker"
        said.append(ReadingWarning("speaker-unclear", message))
    unnamed = sum(
        speaker.role is Role.PARTICIPANT and speaker.participant is None for speaker in speakers
    )
    if of_rows and unnamed:
        who = "one speaker who answers is" if unnamed == 1 else f"{unnamed} who answer are"
        message = (
            f"{who} in no row of the manifest: add a row with their label in the column 'speaker'"
        )
        said.append(ReadingWarning("speaker-in-no-row", message))
    return said


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


def role_by_word(label: str) -> Role:
    """What a label's own word says of who has it; other where it says nothing."""
    word = _bare(label)
    numbered = _NUMBERED.fullmatch(word)
    if numbered:
        word = numbered["word"]
    if word in _INTERVIEWER_WORDS:
        return Role.INTERVIEWER
    return Role.PARTICIPANT if word in _PARTICIPANT_WORDS else _SLIPS.get(word, Role.OTHER)


def _same(label: str, wanted: str) -> bool:
    return _bare(label) == _bare(wanted)


def _bare(label: str) -> str:
    """A label without what stands around it: the voices of subtitles keep their colon."""
    return label.strip(" .:()[]").casefold()
