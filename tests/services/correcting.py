"""Transcripts in the store and corrected there: a new version that follows the one before."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from qualcode.model.codebook import Code
from qualcode.readers import Source, read_transcript
from qualcode.services.correction.carrying import Revision, carry
from qualcode.services.places import find_transcript
from qualcode.store import kinds, records
from qualcode.store.kinds import Record
from qualcode.store.store import create_store
from qualcode.text.similarity import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from qualcode.store.acts import Act
    from qualcode.store.store import Store


CODES = ("funding", "bonding", "trading")

OLD = """\
I: And then?

P01: The council gave us a grant, once, and nobody knew why.

I: And then?

P01: We all came to the fair and stayed.

I: And then?

P01: Marek left his tools behind in the hall.
"""


def open_study(place: str, *, by: str, at: datetime) -> Store:
    """A new project at a path or URL, with three codes and the transcript P01."""
    store = create_store(place, name="Fairs", language="en", by=by, at=at)
    with store.act("apply codebook", by=by, at=at) as act:
        act.ensure(
            records.code_record(Code(code, code.title()), position=n)
            for n, code in enumerate(CODES)
        )
    lay_down(store, "P01", OLD, by=by, at=at)
    return store


def lay_down(
    store: Store, name: str, text: str, *, uid: str | None = None, by: str, at: datetime
) -> None:
    """A transcript with its first version; the text is a file of labelled turns."""
    uid = uid or hashlib.sha256(name.encode()).hexdigest()[:32]
    with store.act("import", by=by, at=at) as act:
        said = records.transcript_records(
            uid, name=name, language="en", interviewed=None, recording=None, attributes={}
        )
        act.ensure([*said, _version(act, uid, text, parent=None)])


def correct(store: Store, name: str, text: str, *, by: str, at: datetime) -> Revision:
    """Bring the corrected text of one transcript, and carry what lies on it, in one act."""
    with store.act("import", by=by, at=at) as act:
        ref = find_transcript(act.session, name)
        version = _version(act, ref.transcript, text, parent=ref.version)
        act.ensure([version])
        (revision,) = carry(act, {ref.transcript: (ref.version, version.key[0])})
    return revision


def _version(act: Act, uid: str, text: str, *, parent: str | None) -> Record:
    read = read_transcript(Source(text.encode(), "a.txt", "a.txt", None), name="a").transcript
    words = fingerprint(read.text)
    text_sha256 = hashlib.sha256(read.text.encode()).hexdigest()
    source_sha256 = hashlib.sha256(text.encode()).hexdigest()
    act.add_texts([(text_sha256, read.text, words.words_digest, words.sketch)])
    said = "\n".join(("version", uid, source_sha256, text_sha256, parent or ""))
    body = {
        "transcript": uid,
        "parent": parent,
        "text_sha256": text_sha256,
        "source_sha256": source_sha256,
        "characters": len(read.text),
        "words": len(read.text.split()),
        "file": "a.txt",
        "format": "text",
        "turns": [list(turn[1:]) for turn in read.turns],
    }
    return Record(kinds.VERSION, (hashlib.sha256(said.encode()).hexdigest()[:32],), body, uid)
