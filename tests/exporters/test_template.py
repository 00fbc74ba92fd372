from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from exporters.full_reports import full_report
from exporters.lint import W, lint, take_apart
from exporters.reading import docx_bytes

from qualcode.exporters.word.template.styles import OWN_LINES
from qualcode.exporters.word.writing.make_template import template_bytes
from qualcode.exporters.word.writing.styles import STYLES, TEMPLATE
from qualcode.model.document import DocumentOptions, Layout, Notes

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def styles_of(document: bytes) -> dict[str, Element]:
    tree = take_apart(document).trees["word/styles.xml"]
    return {str(style.get(f"{W}styleId")): style for style in tree.iter(f"{W}style")}


def test_the_shipped_template_is_what_the_script_makes() -> None:
    # By members: the bytes of the zip depend on the version of zlib.
    shipped, made = take_apart(TEMPLATE.read_bytes()), take_apart(template_bytes())
    assert shipped.members == made.members, (
        "run: python -m qualcode.exporters.word.writing.make_template"
    )


def test_the_template_has_no_fault_but_that_it_has_no_title() -> None:
    assert lint(TEMPLATE.read_bytes()) == ["properties: no title"]


def test_the_template_speaks_british_english_and_prints_on_a4() -> None:
    trees = take_apart(TEMPLATE.read_bytes()).trees
    (language,) = trees["word/styles.xml"].iter(f"{W}lang")
    assert language.get(f"{W}val") == "en-GB"
    (page,) = trees["word/document.xml"].iter(f"{W}pgSz")
    assert (page.get(f"{W}w"), page.get(f"{W}h")) == ("16838", "11906")


def test_the_template_names_nobody_and_no_time() -> None:
    core = take_apart(TEMPLATE.read_bytes()).members["docProps/core.xml"].decode()
    assert "creator" not in core
    assert "modified" not in core


def test_no_letter_of_a_style_is_too_small_to_read() -> None:
    sizes = {
        name: int(str(size.get(f"{W}val"))) / 2
        for name, style in styles_of(TEMPLATE.read_bytes()).items()
        for size in style.iter(f"{W}sz")
    }
    assert {name for name, points in sizes.items() if points < 7.5} == {"QCSectionEnd"}


def test_the_manual_names_every_style_that_a_house_can_have_of_ours() -> None:
    page = (Path(__file__).parents[2] / "docs" / "templates.md").read_text("utf-8")
    named = set(re.findall(r"`(QC [A-Z][A-Za-z ]+)`", page))
    # The end of a section is no place for words.
    ours = {style.name for style in STYLES if style.name.startswith("QC ")} - {"QC Section End"}
    assert named == ours | set(OWN_LINES.values())


def test_no_style_is_there_in_vain() -> None:
    documents = [docx_bytes(full_report(), DocumentOptions(notes=notes)) for notes in Notes]
    documents.append(docx_bytes(full_report(), DocumentOptions(layout=Layout.LIST)))
    used = {
        str(element.get(f"{W}val"))
        for document in documents
        for tree in take_apart(document).trees.values()
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn")
        for element in tree.iter(f"{W}{tag}")
    }
    assert {style.id for style in STYLES if not style.default} - used == set()
