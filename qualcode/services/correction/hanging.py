"""What hangs on words without being a coding or a memo, and goes with them to a corrected text.

Stars, edits of what is shown, masks of names that nobody knows any more, and the links of
summaries. Each is carried where a coding on the same words would be, a mask to wherever its words
stand; what is not surely there again stays on the earlier version, and whoever exports or reads the
summary is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from qualcode.model.coding import Segment
from qualcode.model.consent import Edit
from qualcode.model.spans import Span
from qualcode.services.places import PlacedText
from qualcode.store import leaving, queries, records, summaries
from qualcode.store.engine import Session
from qualcode.store.kinds import Record
from qualcode.text.edited import combined
from qualcode.text.names.finder import NameFinder, Term

Finding = Callable[[Span], Span | None]
"""Where words of the old version surely are in the new one, or None."""


class Hanging:
    """What hangs on some versions (uids), which are not current any more."""

    def __init__(self, session: Session, versions: Sequence[str]) -> None:
        wanted = set(versions)
        self._edits = leaving.edits(session) if versions else {}
        masks = leaving.masks(session) if versions else {}
        self._masks = {uid: masks[uid] for uid in versions if uid in masks}
        self._hidden = {
            uid: NameFinder(Term(_words(text.text, one), one.shown) for one in self._masks[uid])
            for uid, text in queries.texts(session, list(self._masks)).items()
        }
        self._stars: dict[str, list[Segment]] = defaultdict(list)
        for segment in sorted(leaving.starred(session)) if versions else ():
            self._stars[segment.version].append(segment)
        self._summaries = [
            one
            for one in (summaries.summaries(session) if versions else ())
            if any(link.version in wanted for link in one.links)
        ]
        self._links = {
            link: link for one in self._summaries for link in one.links if link.version in wanted
        }

    def has_any(self, version: str) -> bool:
        """Whether anything hangs on a version."""
        linked = any(link.version == version for link in self._links)
        return linked or any(version in those for those in (self._edits, self._masks, self._stars))

    def moved(
        self, old: str, new: PlacedText, found: Finding, *, transcript: str
    ) -> Iterator[Record]:
        """Stars, edits and masks of one version on the new one; `transcript` is the uid.

        Where links lie now is remembered for `relinked`.
        """
        for segment in self._stars.get(old, ()):
            yield from self.star_moved(
                segment, found(Span(segment.start, segment.end)), new.version, transcript=transcript
            )
        yield from self._edits_moved(old, new, found, transcript=transcript)
        for mask in self._masks_on(old, new, found):
            yield records.mask_record(new.version, mask, transcript=transcript)
        for link in [one for one in self._links if one.version == old]:
            place = found(Span(link.start, link.end))
            if place is not None:
                self._links[link] = Segment(new.version, place.start, place.end)

    def star_moved(
        self, segment: Segment, place: Span | None, version: str, *, transcript: str
    ) -> Iterator[Record]:
        """The star of a passage, if it has one, at its place on another version (its uid)."""
        if place is not None and segment in self._stars.get(segment.version, ()):
            yield records.star_record(segment, transcript=transcript, holds=False)
            there = Segment(version, place.start, place.end)
            yield records.star_record(there, transcript=transcript)

    def relinked(self) -> Iterator[Record]:
        """The summaries with their links where the words are now."""
        for summary in self._summaries:
            links = tuple(dict.fromkeys(self._links.get(link, link) for link in summary.links))
            if links != tuple(summary.links):
                yield records.summary_record(replace(summary, links=links))

    def _edits_moved(
        self, old: str, new: PlacedText, found: Finding, *, transcript: str
    ) -> Iterator[Record]:
        """The edits that are within one turn still, and on none that somebody made there."""
        there = [edit.span for edit in self._edits.get(new.version, ())]
        for edit in self._edits.get(old, ()):
            place = found(edit.span)
            if place is None or any(place.overlaps(span) for span in there):
                continue
            if len({turn.speaker for turn in new.turns_in(place)}) > 1:
                continue
            there.append(place)
            yield records.edit_record(old, edit, transcript=transcript, holds=False)
            moved = Edit(place, edit.shown)
            yield records.edit_record(new.version, moved, transcript=transcript)

    def _masks_on(self, old: str, new: PlacedText, found: Finding) -> tuple[Edit, ...]:
        """Where the words under the masks of one version are, wherever they stand on the new one.

        They are all that is left of a name by which it could be found there.
        """
        carried = [
            Edit(place, mask.shown)
            for mask in self._masks.get(old, ())
            if (place := found(mask.span)) is not None
        ]
        names = self._hidden[old].find(new.text) if old in self._hidden else ()
        return combined(carried, [Edit(one.span, one.shown) for one in names], new.text)


def _words(text: str, mask: Edit) -> str:
    return text[mask.span.start : mask.span.end]
