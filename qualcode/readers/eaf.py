"""ELAN: annotations in tiers beside a recording.

Speech is in the tiers that hang on no other; translations, glosses and codings hang on them, or are
told by their names. Only where the tiers at the top hold no speech (files that came from Toolbox
keep numbers there) is it looked for below. The speaker is the participant of a tier, else its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qualcode.readers.grammar.clocks import check_times
from qualcode.readers.grammar.labels import tidy
from qualcode.readers.grammar.tiers import (
    Annotation,
    Tier,
    file_name,
    find_second_layers,
    layer_in,
    merge_tiers,
    names_layer,
    names_speech,
    put_tier_aside,
)
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.source import Format, Source
from qualcode.readers.ground.turns import Spoken, make_reading
from qualcode.readers.ground.xml import encoding_of, read_xml, root_name, source_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element as Element

    from qualcode.model.transcript import Reading

FORMAT = Format("eaf", "ELAN annotation file")

# Annotations hang on annotations some four deep; a ring of them never ends.
_DEEPEST = 20
_LONGEST_TIME = 12  # digits
# Files of video are sometimes measured in frames.
_UNIT_MS = {
    "milliseconds": 1.0,
    "PAL-frames": 40.0,
    "PAL-50-frames": 20.0,
    "NTSC-frames": 1001 / 30,
}
_PRODUCER_MARKS = frozenset({"URN", "lastUsedAnnotationId"})


class _Tier(NamedTuple):
    uid: str
    participant: str
    type: str
    parent: str
    language: str | None
    annotations: list[Element]
    texts: list[str]

    @property
    def name(self) -> str:
        """What the tier is called besides its speaker: `xds` for `xds@CHI`."""
        if self.uid == self.participant:
            return self.type
        return self.uid.partition("@")[0] or self.uid

    @property
    def layer(self) -> str:
        """What the tier holds, as far as its name says so without naming anybody."""
        kind, at, _ = self.uid.partition("@")
        return kind if at else layer_in(self.name) or layer_in(self.type)

    @property
    def has_words(self) -> bool:
        return any(map(str.strip, self.texts))


class _Slots(NamedTuple):
    """The points of the timeline: when each is, if that is known, and where between the others."""

    times: Mapping[str, int | None]
    order: Mapping[str, int]


def recognises(source: Source) -> bool:
    """True for a document of annotations."""
    return root_name(source) == "ANNOTATION_DOCUMENT"


def read(source: Source, *, name: str) -> Reading:
    """The transcript in an ELAN file, and the account of what was left out."""
    root = read_xml(source, title=FORMAT.title)
    ledger = Ledger()
    slots = _read_slots(root, ledger)
    tiers = [_read_tier(tier) for tier in root.iterchildren("TIER")]
    speech = _choose_speech(tiers)
    placed = _place(speech, tiers, slots, ledger)
    second = _second_layers(speech, placed, ledger)
    units = merge_tiers([tier for tier in placed if id(tier) not in second], ledger)
    for tier in placed:
        if id(tier) in second:
            put_tier_aside(layer_in(tier.name), tier.pieces(), ledger)
    chosen = {id(tier) for tier in speech}
    for other in tiers:
        if id(other) not in chosen:
            lines = (source_line(annotation) for annotation in other.annotations)
            put_tier_aside(other.layer, zip(other.texts, lines, strict=True), ledger)
    spoken = Spoken(units, _facts(root, speech), "ELAN" if _is_by_elan(root) else None)
    return make_reading(spoken, ledger, source, FORMAT, name=name, encoding=encoding_of(root))


def _read_slots(root: Element, ledger: Ledger) -> _Slots:
    """The timeline; a slot without a time stands just behind the one before it."""
    header = root.find("HEADER")
    unit = header.get("TIME_UNITS", "milliseconds") if header is not None else "milliseconds"
    unit_ms = _UNIT_MS.get(unit)
    timeline = root.find("TIME_ORDER")
    stated = {
        slot.get("TIME_SLOT_ID", ""): slot.get("TIME_VALUE", "")
        for slot in (timeline if timeline is not None else ())
    }
    order: dict[str, int] = {}
    missing: set[str] = set()
    last = 0
    for uid, value in stated.items():
        digits = value[1:] if value[:1] == "-" else value
        if digits.isdecimal() and len(digits) <= _LONGEST_TIME:
            last = int(value)
        else:
            missing.add(uid)
        order[uid] = last
    if unit_ms is None:
        ledger.warn("time-unreadable", "the unit of the times is unknown; they were left out")
        return _Slots({}, order)
    if missing:
        message = f"{len(missing)} points of the timeline have no time, nor have the words there"
        ledger.warn("time-missing", message)
    elif unit_ms == 1:
        return _Slots(order, order)
    return _Slots(
        {uid: round(at * unit_ms) for uid, at in order.items() if uid not in missing}, order
    )


def _read_tier(tier: Element) -> _Tier:
    annotations = list(tier.iter("ALIGNABLE_ANNOTATION", "REF_ANNOTATION"))
    texts = [value.text or "" for value in tier.iter("ANNOTATION_VALUE")]
    if len(texts) != len(annotations):  # no program writes it so, but a person may
        texts = [annotation.findtext("ANNOTATION_VALUE") or "" for annotation in annotations]
    return _Tier(
        tidy(tier.get("TIER_ID", "")),
        tidy(tier.get("PARTICIPANT", "")),
        tier.get("LINGUISTIC_TYPE_REF", ""),
        tidy(tier.get("PARENT_REF", "")),
        tier.get("LANG_REF"),
        annotations,
        texts,
    )


def _choose_speech(tiers: Sequence[_Tier]) -> list[_Tier]:
    """The tiers that hold what was said; a tier without words is no top for those below it."""
    filled = [tier for tier in tiers if tier.has_words]
    uids = {tier.uid for tier in filled}
    top = [tier for tier in filled if tier.parent not in uids]
    roots = [tier for tier in top if not _is_layer(tier)]
    # Who has a tier of speech does not speak in another: that one is for what they do.
    heard = {tier.participant for tier in roots if _is_speech(tier) and tier.participant}
    roots = [tier for tier in roots if _is_speech(tier) or tier.participant not in heard]
    named = [tier for tier in filled if _is_speech(tier) and not _is_layer(tier)]
    return roots or named or top or filled


def _is_speech(tier: _Tier) -> bool:
    return names_speech(tier.type) or names_speech(tier.name)


def _is_layer(tier: _Tier) -> bool:
    return names_layer(tier.type) or (tier.uid != tier.participant and names_layer(tier.name))


def _place(
    speech: Sequence[_Tier], tiers: Sequence[_Tier], slots: _Slots, ledger: Ledger
) -> list[Tier]:
    """The tiers of speech, each annotation where it stands on the timeline."""
    by_uid: dict[str, Element] = {}
    if any(tier.parent for tier in speech):
        by_uid = {
            each.get("ANNOTATION_ID", ""): each for tier in tiers for each in tier.annotations
        }
    times, order = slots
    placed: list[Tier] = []
    for tier in speech:
        annotations = []
        at = 0
        for element, text in zip(tier.annotations, tier.texts, strict=True):
            line = source_line(element)
            timed = _timed(element, by_uid)
            begins, ends = timed.get("TIME_SLOT_REF1", ""), timed.get("TIME_SLOT_REF2", "")
            at = order.get(begins, at)
            start_ms, end_ms = times.get(begins), times.get(ends)
            if start_ms is None or end_ms is None or not 0 <= start_ms <= end_ms:
                start_ms, end_ms = check_times(start_ms, end_ms, line, ledger)
            annotations.append(Annotation(text, line, start_ms, end_ms, at))
        placed.append(Tier(tier.participant or tier.uid or None, tier.name, annotations))
    return placed


def _second_layers(
    speech: Sequence[_Tier], spoken: Sequence[Tier], ledger: Ledger
) -> frozenset[int]:
    """Which tiers, by identity, hold what another tier of the same participant holds already."""
    by_participant: dict[str, list[Tier]] = {}
    for tier, placed in zip(speech, spoken, strict=True):
        by_participant.setdefault(tier.participant, []).append(placed)
    return frozenset(
        id(tier)
        for together in by_participant.values()
        for tier in find_second_layers(together, ledger)
    )


def _timed(annotation: Element, by_uid: Mapping[str, Element]) -> Element:
    """The annotation whose times count: this one, or the one that it hangs on in the end."""
    for _ in range(_DEEPEST if by_uid else 0):
        parent = by_uid.get(annotation.get("ANNOTATION_REF", ""))
        if parent is None:
            break
        annotation = parent
    return annotation


def _is_by_elan(root: Element) -> bool:
    return any(each.get("NAME") in _PRODUCER_MARKS for each in root.iterfind("HEADER/PROPERTY"))


def _facts(root: Element, speech: Sequence[_Tier]) -> dict[str, str]:
    """The recording, and the language where all speech is in one.

    The date of the document is that of its last change, and the locale of a tier is a keyboard.
    """
    facts: dict[str, str] = {}
    media = root.find("HEADER/MEDIA_DESCRIPTOR")
    header = root.find("HEADER")
    address = ""
    if media is not None:
        address = media.get("RELATIVE_MEDIA_URL") or media.get("MEDIA_URL") or ""
    elif header is not None:
        address = header.get("MEDIA_FILE", "")
    recording = file_name(address)
    if recording:
        facts["recording"] = recording
    languages = {tier.language for tier in speech}
    if len(languages) == 1 and (language := languages.pop()):
        facts["language"] = language
    return facts
