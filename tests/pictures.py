"""Makes the pictures of the screens that docs/coding.md shows, in docs/pictures.

    python tests/pictures.py

The worked example is made anew, its screens are opened at one size, in the dark theme, at one
moment; what is on them is written as SVG. No picture asks for a font from elsewhere.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from qualcode.tui.app import QualcodeApp

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
SIZE = (124, 36)
AT = datetime(2024, 7, 1, 10, 0, tzinfo=UTC)

Steps = Callable[["Pilot[None]"], Awaitable[None]]

_FONT_FROM_ELSEWHERE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_MADE_WITH = re.compile(r"\s*<!-- Generated with .*? -->")
_TEXT = re.compile(r'x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"([^>]*)>((?:&#160;)+)(?=[^<&])')
_CELL = 12.2
"""Units of the picture that one cell of the terminal is wide."""


async def settle(pilot: Pilot[None]) -> None:
    """Until workers have brought what they fetch and it is painted."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def _home(pilot: Pilot[None]) -> None:
    await settle(pilot)


async def _coding(pilot: Pilot[None]) -> None:
    await pilot.press("T", "enter")
    await settle(pilot)
    await pilot.press("g", *"14", "enter", "down", "down", "f")


async def _codebook(pilot: Pilot[None]) -> None:
    await pilot.press("C")
    await settle(pilot)
    await pilot.press("down", "down", "down")


async def _quotes(pilot: Pilot[None]) -> None:
    await pilot.press("Q")
    await settle(pilot)
    await pilot.press("down", "down")


async def _summaries(pilot: Pilot[None]) -> None:
    await pilot.press("M")
    await settle(pilot)
    await pilot.press("right", "right", "enter")
    await settle(pilot)
    await pilot.press("enter", *"It goes to whoever writes the best bid.", "ctrl+l", "escape", "c")
    await settle(pilot)
    await pilot.press("j")
    await settle(pilot)
    await pilot.press("enter", *"The reserves went on the roof.", "ctrl+l", "escape")
    await settle(pilot)
    await pilot.press("escape")


async def _summary(pilot: Pilot[None]) -> None:
    await pilot.press("M")
    await settle(pilot)
    await pilot.press("right", "right", "enter")
    await settle(pilot)
    await pilot.press("enter", *" Whoever asks can see why.", "ctrl+down", "ctrl+down", "ctrl+l")


SCREENS: dict[str, Steps] = {
    "home": _home,
    "coding": _coding,
    "codebook": _codebook,
    "quotes": _quotes,
    "summaries": _summaries,
    "summary": _summary,
}


async def picture(folder: Path, steps: Steps) -> str:
    """One screen of the worked example as SVG."""
    app = _app(folder)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await steps(pilot)
        await settle(pilot)
        return cleaned(app.export_screenshot(title="qualcode", simplify=True))


def cleaned(svg: str) -> str:
    """The picture without what it would fetch; blanks before words are room and no characters.

    Some programs that draw SVG leave such blanks out and would move the words.
    """
    svg = _FONT_FROM_ELSEWHERE.sub("", _MADE_WITH.sub("", svg))
    return _TEXT.sub(_moved, svg)


def _moved(found: re.Match[str]) -> str:
    x, y, length, more, blanks = found.groups()
    by = blanks.count(";") * _CELL
    return f'x="{float(x) + by:.1f}" y="{y}" textLength="{float(length) - by:.1f}"{more}>'


def _app(folder: Path) -> QualcodeApp:
    from qualcode.services import projects
    from qualcode.tui.app import make_app
    from qualcode.tui.looks import ColourMode
    from qualcode.tui.own.surroundings import Surroundings

    place = projects.find_project(str(folder), environment=None, folder=folder)
    surroundings = Surroundings(
        folder=folder,
        config=folder / "config",
        clock=lambda: AT,
        remember_coder=lambda _: True,
        colours=ColourMode.TRUE,
    )
    return make_app(projects.open_project(place), "amina", surroundings=surroundings)


def main() -> None:
    """Make all pictures."""
    from qualcode.services.example import make_demo

    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="qualcode-pictures-") as folder:
        study = Path(folder) / "study"
        make_demo(study, at=AT)
        for name, steps in SCREENS.items():
            svg = asyncio.run(picture(study, steps))
            (PICTURES / f"{name}.svg").write_text(svg, encoding="utf-8")
            print(PICTURES / f"{name}.svg")


if __name__ == "__main__":
    main()
