"""Forgetting a name: wherever others said or wrote it, it is shown as a code when nobody knows it.

The identities are what names are found by. So before somebody is taken out of them, the places
where their name stands are put down: in the texts as masks, which nobody takes off, and in what the
team wrote by writing it anew; of how they wrote it before no word stays in the log. What the team
alone can change is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, count

from qualcode import errors
from qualcode.codebook import load_codebook
from qualcode.model.codebook import Code
from qualcode.model.consent import Edit
from qualcode.model.people import Attribution, Participant
from qualcode.model.summary import Summary, SummaryStatus
from qualcode.services.consent.agreed import consent_of
from qualcode.services.consent.attribution import Consent
from qualcode.services.consent.names.forbidden import Forbidden, terms_of
from qualcode.services.consent.names.forgotten import names_without
from qualcode.services.consent.names.in_facts import without_telling_pseudonyms
from qualcode.services.intake.manifest_rows import is_further
from qualcode.store import codes, erasing, identities, kinds, queries, records
from qualcode.store.acts import Act
from qualcode.store.engine import Session
from qualcode.store.kinds import Kind, Record
from qualcode.store.records import participant_scope
from qualcode.store.sealed import Register
from qualcode.store.summaries import summaries
from qualcode.text.edited import shown
from qualcode.text.names.identifiers import patterns


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Where a name stood: `masked` counts places in others' words, `reworded` what the team wrote.

    `unsaid` counts earlier wordings of the team's, of which the log keeps no word now, and
    `still_named` says where the name stands still, because only somebody can change it. `book` is
    the codebook's text before and now where it was written anew; `is_in` tells of any text whether
    the name stands in it.
    """

    masked: int
    reworded: int
    unsaid: int
    still_named: tuple[str, ...]
    book: tuple[str, str] | None
    is_in: Callable[[str], bool]


def forget(
    act: Act, code: str, *, without: Collection[str], gone: Collection[str] = ()
) -> Forgotten:
    """Take a name out of the identities, and hide for good where it stands.

    `without` are the scopes that are erased in the same act, and `gone` further events of which no
    word is to stay. Where the names are not at hand nothing can be looked for. Raises
    IdentitiesSealedError.
    """
    session = act.session
    hiding = _Hiding(session, code)
    masks = list(_masks(session, hiding, without))
    act.ensure(masks)
    book = _book_anew(session, hiding)
    has_book = book is not None
    anew = hiding.written_anew(
        transcripts={one.name for one in queries.transcripts(session)},
        attributes=_attributes(session),
    )
    apart, together = _of_several_wordings(session, hiding, anew)
    standing = erasing.reworded(session, anew, without=without, with_book=has_book)
    written = [*(one for one in standing if (one.kind, one.key) not in apart), *together]
    act.ensure(written)
    still = tuple(_still_named(session, hiding, without))
    earlier = erasing.earlier_wordings(session, anew, without=without, with_book=has_book)
    act.erase([*without, *gone, *earlier])
    identities.keep_only(session, hiding.names_after())
    return Forgotten(
        len(masks),
        sum(one.body is not None for one in written),
        len(earlier),
        still,
        book if book is None or book[0] != book[1] else None,
        hiding.is_in,
    )


class _Hiding:
    """What is shown otherwise because of one name: what is now, and will not be without it."""

    def __init__(self, session: Session, code: str) -> None:
        consent, register = consent_of(session), identities.register(session)
        stored = {one.code: one for one in queries.participants(session)}
        whole = {**consent.participants, **stored}
        gone = replace(whole.get(code, Participant(code)), attribution=Attribution.WITHHELD)
        people = {**whole, code: gone}
        rest = {one: person for one, person in people.items() if one != code}
        self.names = names_without(register, code)
        now = _agreed(people, consent, self.names.now)
        later = _agreed(rest, consent, self.names.later)
        self._now = Forbidden(terms_of(session, now, self.names.now), names_at_hand=True)
        self._later = Forbidden(terms_of(session, later, self.names.later), names_at_hand=True)
        self._contacts = {
            _signs(one.contacts[found.span.start : found.span.end])
            for one in register.people
            if one.code == code
            for found in patterns(one.contacts)
        }
        self._leading_on = {
            person.pseudonym
            for one, person in later.participants.items()
            if not now.participants[one].pseudonym
        }

    def edits(self, text: str) -> list[Edit]:
        """The stretches of a text in which the name stands, with what is shown for it."""
        still = set(self._later.edits(text))
        return [one for one in self._now.edits(text) if one not in still]

    def words(self, text: str) -> str:
        """Words of the team without the name, an address that holds it, nor their contacts."""
        said = self._found(text)
        masks, always = self._now.edits(text), set(self._later.edits(text))
        edits = [
            one
            for one in masks
            if one not in always
            or any(one.span.overlaps(name.span) for name in said)
            or _signs(text[one.span.start : one.span.end]) in self._contacts
        ]
        return shown(text, 0, len(text), edits)[0]

    def fact(self, text: str) -> str:
        """What is said of somebody or something without the name; a surname by chance stays."""
        return shown(text, 0, len(text), self._found(text))[0]

    def plainly(self, text: str) -> str:
        """The same of the codebook, without brackets: in its file they would begin a list."""
        edits = [Edit(one.span, (one.shown or "").strip("[]")) for one in self._found(text)]
        return shown(text, 0, len(text), edits)[0]

    def names_after(self) -> Register:
        """What is known of names from then on, with contacts of others that lead by nobody."""
        later = self.names.later
        people = (replace(one, contacts=self.fact(one.contacts)) for one in later.people)
        return replace(later, people=tuple(people))

    def _found(self, text: str) -> list[Edit]:
        """The name alone, where it stands but as what attributions may say."""
        still = {(one.span, one.shown) for one in self._later.found(text)}
        found = [Edit(one.span, one.shown) for one in self._now.found(text)]
        return [one for one in found if (one.span, one.shown) not in still]

    def is_in(self, text: str | None) -> bool:
        """True where the name stands."""
        return bool(text) and self.fact(text or "") != text

    def written_anew(
        self, *, transcripts: Collection[str], attributes: Collection[str]
    ) -> erasing.Anew:
        """How each field reads without the name; names of transcripts and attributes are taken."""
        names, known = set(transcripts), set(attributes)
        # The log says the same words again and again.
        words, fact, plainly = cache(self.words), cache(self.fact), cache(self.plainly)

        @cache
        def attribute(name: str) -> str:
            said = plainly(name)
            if said == name or not is_further(name):
                return name  # what the program itself calls so is nobody's name
            said = said.lower()
            others = (f"{said}_{number}" for number in count(2))
            said = next(one for one in chain([said], others) if one not in known)
            known.add(said)
            return said

        def anew(kind: Kind, field: str, text: str) -> str | None:
            if field == "pseudonym":
                return None if text in self._leading_on else text
            if field == "attribute":
                return attribute(text)
            if field in ("body", "words", "consent_note"):
                return words(text)
            if kind in (kinds.CODE, kinds.CODEBOOK):
                return plainly(text)
            if kind is kinds.EDIT:
                # Its own words have no brackets: what stands in some now is the mask.
                return f"[{words(text[1:-1]).replace('[', '').replace(']', '')}]"
            said = fact(text)
            if kind is kinds.TRANSCRIPT and field == "name" and said != text:
                others = (f"{said} ({number})" for number in count(2))
                said = next(one for one in chain([said], others) if one not in names)
                names.add(said)
            return said

        return anew


def _signs(contact: str) -> str:
    """A number or an address without what can stand between its signs."""
    return re.sub(r"[\W_]", "", contact).casefold()


def _agreed(people: Mapping[str, Participant], consent: Consent, register: Register) -> Consent:
    known = {one.code: one for one in register.people}
    return Consent(without_telling_pseudonyms(people, known), known, consent.coarsened)


def _masks(session: Session, hiding: _Hiding, without: Collection[str]) -> Iterator[Record]:
    """A mask for each place of others' words in which the name stands."""
    transcripts = queries.transcripts(session)
    others = {one.version_uid: one.uid for one in transcripts if one.uid not in without}
    for uid, text in queries.texts(session, list(others)).items():
        for mask in hiding.edits(text.text):
            yield records.mask_record(uid, mask, transcript=others[uid])


def _attributes(session: Session) -> set[str]:
    """What is called so of participants and transcripts."""
    of_people = {name for one in queries.participants(session) for name in one.attributes}
    return of_people | {name for one in queries.transcripts(session) for name in one.attributes}


def _of_several_wordings(
    session: Session, hiding: _Hiding, anew: erasing.Anew
) -> tuple[set[tuple[Kind, kinds.Key]], list[Record]]:
    """Cells with other words beside theirs in which the name stands: all of them as one draft.

    Words beside them stand in the log alone, of which nothing stays. The keys of the records, and
    what is said of them.
    """
    apart: set[tuple[Kind, kinds.Key]] = set()
    said: list[Record] = []
    for one in summaries(session):
        if not any(hiding.words(other.text) != other.text for other in one.others):
            continue
        gone = records.no_summary_records(one)
        here = records.summary_record(_as_one(one, hiding, anew))
        said += [*(record for record in gone if record.key != here.key), here]
        apart |= {(record.kind, record.key) for record in gone}
    return apart, said


def _as_one(summary: Summary, hiding: _Hiding, anew: erasing.Anew) -> Summary:
    texts = (summary.text, *(other.text for other in summary.others))
    kind, case = summary.case_kind, summary.case
    if kind not in ("participant", "transcript"):
        kind = anew(kinds.SUMMARY, "attribute", kind) or kind
        case = anew(kinds.SUMMARY, "case", case) or case
    return replace(
        summary,
        case_kind=kind,
        case=case,
        text="\n\n".join(dict.fromkeys(hiding.words(text) for text in texts)),
        status=SummaryStatus.DRAFT,
        settled=tuple(dict.fromkeys((*summary.settled, *(other.uid for other in summary.others)))),
        others=(),
    )


def _book_anew(session: Session, hiding: _Hiding) -> tuple[str, str] | None:
    """The codebook's text as it was applied, and without the name.

    None where only somebody can change it: the name is in an id, on which codings stand, or what
    would be left is no codebook that says what the codes say.
    """
    text = codes.source(session) or ""
    known, _ = queries.codebook(session)
    if any(hiding.is_in(code.id) for code in known.codes):
        return None
    anew = hiding.plainly(text)
    if anew == text:
        return text, text
    try:
        before, after = (load_codebook(one, where="codebook") for one in (text, anew))
    except errors.QualcodeError:
        return None
    said = [[hiding.plainly(one or "") for one in _texts_of(code)] for code in before.codes]
    is_same = [code.id for code in before.codes] == [code.id for code in after.codes]
    return (
        (text, anew)
        if is_same and said == [[one or "" for one in _texts_of(code)] for code in after.codes]
        else None
    )


def _still_named(session: Session, hiding: _Hiding, without: Collection[str]) -> Iterator[str]:
    """Where the name stands in what this program does not write for anybody."""
    if any(hiding.is_in(coder.name) for coder in queries.coders(session)):
        yield "the name of a coder, which the log keeps"
    if hiding.names.lists_like_ones:
        yield "the list of names"
    for person in queries.participants(session):
        for field in ("organisation", "place", "stakeholder"):
            value = getattr(person, field)
            if participant_scope(person.code) not in without and hiding.names.may_say(value):
                yield f"the {field} of {person.code}"
    book, _ = queries.codebook(session)
    if any(hiding.is_in(text) for code in book.codes for text in (code.id, *_texts_of(code))):
        yield "the codebook"
    if any(map(hiding.is_in, codes.ids_of_all_times(session) - {code.id for code in book.codes})):
        yield "the id of a code that was merged or taken out, which the log keeps"
    for transcript in queries.transcripts(session):
        labels = (one.label for one in transcript.speakers)
        if transcript.uid not in without and any(map(hiding.is_in, labels)):
            yield f"speakers' labels in {hiding.fact(transcript.name)}"


def _texts_of(code: Code) -> Iterable[str | None]:
    return (
        code.name,
        code.definition,
        *code.include,
        *code.exclude,
        *code.look_for,
        *code.examples,
    )
