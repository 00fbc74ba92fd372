"""The pictures in the manual show what the screens show; `python tests/pictures.py` renews them."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from pictures import AT, PICTURES, SCREENS, picture

from qualcode.services.example import make_demo

MANUAL = (PICTURES.parent / "coding.md").read_text(encoding="utf-8")


def words_of(svg: str) -> str:
    """What can be read in a picture, without its colours and places."""
    return "".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg)).replace("&#160;", " ")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures") / "study"
    make_demo(folder, at=AT)
    return folder


@pytest.mark.parametrize("name", SCREENS)
def test_a_picture_shows_what_the_screen_shows(name: str, example: Path) -> None:
    shown = asyncio.run(picture(example, SCREENS[name]))
    kept = (PICTURES / f"{name}.svg").read_text(encoding="utf-8")

    assert len(words_of(kept).split()) > 20
    assert words_of(shown) == words_of(kept), "run: python tests/pictures.py"


@pytest.mark.parametrize("name", SCREENS)
def test_a_picture_is_in_the_manual_and_asks_for_nothing_from_elsewhere(name: str) -> None:
    kept = (PICTURES / f"{name}.svg").read_text(encoding="utf-8")

    assert f"(pictures/{name}.svg)" in MANUAL
    assert re.findall(r"https?://[^\s\"')]+", kept) == ["http://www.w3.org/2000/svg"]
