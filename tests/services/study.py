"""Small studies on disk for the tests of the services, and what they say of a store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from qualcode.model.transcript import StoredTranscript
from qualcode.services import listing
from qualcode.services.book import codebooks
from qualcode.services.intake import importing
from qualcode.services.intake.importing import ImportReport
from qualcode.store import engine, log, receiving
from qualcode.store.store import Store, create_store

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "transcripts"
MADE = ROOT.parent / "shared" / "corpus" / "made"
BY = "amina"

_START = datetime(2024, 7, 1, 9, 0, tzinfo=UTC)
_SECONDS = count()

CODEBOOK = """\
codebook: Fairs
version: 1
themes:
  - id: funding
    name: Funding
    colour: "#8a4b1f"
    definition: How money comes.
    codes:
      - id: grant-aid
        name: Grant aid
        definition: Money given, not earned.
        codes:
          - id: small-grants
            name: Small grants
      - id: trading
        name: Trading
  - id: cohesion
    name: Cohesion
    codes:
      - id: bonding
        name: Bonding
      - id: bridging
        name: Bridging
"""


def tick() -> datetime:
    """A moment later than all before it."""
    return _START + timedelta(seconds=next(_SECONDS))


def new_store(folder: Path, *, codebook: str | None = CODEBOOK) -> Store:
    """An empty project in a folder, with a codebook applied."""
    folder.mkdir(parents=True, exist_ok=True)
    store = create_store(
        str(folder / "study.qualcode"), name="Fairs", language="en", by=BY, at=tick()
    )
    if codebook is not None:
        apply_codebook(store, folder, codebook)
    return store


def apply_codebook(
    store: Store, folder: Path, text: str, *, retire: bool = False
) -> codebooks.Applied:
    """Bring the codes in line with a text."""
    path = folder / "codebook.yaml"
    path.write_text(text, encoding="utf-8")
    return codebooks.apply(store, path, retire=retire, by=BY, at=tick())


def bring_in(
    store: Store,
    *paths: Path,
    manifest: Path | None = None,
    dry_run: bool = False,
    keep_going: bool = False,
    yes: bool = False,
) -> ImportReport:
    """Import files, folders, a manifest."""
    return importing.import_transcripts(
        store,
        paths,
        manifest=manifest,
        dry_run=dry_run,
        keep_going=keep_going,
        yes=yes,
        by=BY,
        at=tick(),
    )


def write(folder: Path, files: dict[str, str]) -> Path:
    """Files of text in a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def dialogue(code: str, *answers: str) -> str:
    """A labelled transcript: a question before each answer."""
    return "\n\n".join(f"I: And then?\n\n{code}: {answer}" for answer in answers) + "\n"


def take_in(store: Store, other: Store) -> None:
    """Everything that another copy knows."""
    with other.reading() as session:
        events = list(log.read(session))
        texts = session.rows("SELECT sha256, body, words_sha256, sketch FROM text")
    with store.act("merge", by=BY, at=tick()) as act:
        act.add_texts(texts)
    with engine.writing(store.engine, where=store.where) as session:
        receiving.absorb(session, events)


def event_count(store: Store) -> int:
    """How many events the log holds."""
    with store.reading() as session:
        return int(session.rows("SELECT count(*) FROM event")[0][0])


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of the project file."""
    with store.reading() as session:
        names = [
            name
            for (name,) in session.rows(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            )
        ]
        return {name: list(session.rows(f"SELECT * FROM {name}")) for name in names}


def listing_text(store: Store, name: str) -> str:
    """The words of a transcript."""
    return listing.show_transcript(store, name).text.text


def stored_transcript(name: str, **attributes: str) -> StoredTranscript:
    """A stored transcript of which only this is of interest."""
    return StoredTranscript(
        uid=name,
        name=name,
        version_uid=name,
        version=1,
        file=f"{name}.txt",
        format="text",
        encoding=None,
        producer=None,
        language="en",
        interviewed="2024-03-04",
        recording=None,
        characters=1,
        words=1,
        turns=1,
        speakers=(),
        first_ms=None,
        last_ms=None,
        sha256="",
        text_sha256="",
        attributes=attributes,
        codings=0,
    )


def copy_of(store: Store, folder: Path) -> Path:
    """A copy of a project's file, as somebody carries it away."""
    assert store.path is not None
    copy = folder / "copy.qualcode"
    copy.write_bytes(store.path.read_bytes())
    return copy
