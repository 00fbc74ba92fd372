"""A small study that was made, imported and coded once, and is copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import qualcode
from qualcode import api

BOOK = """\
codebook: Fairs
version: 1
themes:
  - id: money
    name: Money
    codes:
      - id: grant
        name: Grant
  - id: ties
    name: Ties
"""
P01 = """\
I: Who pays for the fair?

P01: The council gave us a grant, once.

I: And now?

P01: Now we pass a bucket round.
"""
P02 = "I: And you?\n\nP02: I would rather not say.\n"
MANIFEST = """\
file,participant,name,role,place,attribution
P01.txt,P01,Ama Boateng,Chair,Marle,role
P02.txt,P02,Bea Holt,Clerk,Ashmere,withheld
"""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project with two transcripts and a manifest, nothing of them imported."""
    place = tmp_path_factory.mktemp("made") / "fair"
    with qualcode.new(place, name="Fairs", coder="amina"):
        pass
    (place / "codebook.yaml").write_text(BOOK)
    for name, text in {"P01.txt": P01, "P02.txt": P02, "m.csv": MANIFEST}.items():
        (place / "transcripts" / name).write_text(text)
    return place


@pytest.fixture(scope="session")
def coded(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same imported, with one coding."""
    place = shutil.copytree(made, tmp_path_factory.mktemp("coded") / "fair")
    with qualcode.open(place, coder="amina") as opened:
        opened.apply_codebook()
        opened.import_transcripts(manifest=place / "transcripts" / "m.csv")
        opened.tag("P01", "grant", quote="The council gave us a grant", memo="once?", doubt=True)
    return place


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A project of one's own of which nothing is imported."""
    return shutil.copytree(made, tmp_path / "fair")


@pytest.fixture
def project(coded: Path, tmp_path: Path) -> Iterator[api.Project]:
    """A project of one's own, open, imported and coded."""
    with qualcode.open(shutil.copytree(coded, tmp_path / "fair"), coder="amina") as opened:
        yield opened
