"""What README shows is what a reader gets."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from readme import README, RENEW, ROOT, blocks, make_example, run, shown


def test_every_command_prints_what_readme_shows(tmp_path: Path) -> None:
    folder = make_example(tmp_path)
    commands = [one for block in blocks(README.read_text("utf-8")) for one in shown(block[1])]
    assert len(commands) > 8
    for one in commands:
        assert run(one.command, folder) == one.printed, (
            f"README shows something else for: {one.command}\nRenew it with: {RENEW}"
        )
    for made in ("matrix.docx", "by-place.csv", "empowerment.json"):
        assert (folder / made).stat().st_size > 1000


def test_two_commands_set_a_machine_up_and_each_is_one_line() -> None:
    lines = re.findall(r"^    (python3 -m venv .*)$", README.read_text("utf-8"), re.MULTILINE)
    assert len(lines) == 2
    assert lines[0].endswith(".venv/bin/qualcode demo")
    assert "pytest" in lines[1]
    for line in lines:
        for tool in ("make ", "pandoc", "soffice", "apt", "postgres"):
            assert tool not in line


def test_what_the_second_command_installs_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {re.split(r"[<>=\[]", one)[0] for one in project["optional-dependencies"]["dev"]}
    assert {"pytest", "pytest-xdist", "hypothesis", "psycopg"} <= names
