"""What stands at the top and at the foot of each page, in the words of the document or of a house.

A house's header comes first and the running head below it: whoever holds one page of a long table
must see which theme it is of. Where a house does not number its pages, ours are numbered below.
"""

from __future__ import annotations

from copy import deepcopy
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING

from qualcode.exporters.word.template.allowed import local
from qualcode.exporters.word.template.drawings import BLIP, EMBED, FRAME_SAID
from qualcode.exporters.word.template.fitting import fitted
from qualcode.exporters.word.template.styles import OWN_LINES

if TYPE_CHECKING:
    from docx.section import Section
    from docx.section import _BaseHeaderFooter as Story
    from docx.text.paragraph import Paragraph
    from lxml.etree import _Element as Element

    from qualcode.exporters.word.template.applying import Livery
    from qualcode.exporters.word.template.headers import Head
    from qualcode.exporters.word.writing.paper import Sheet


class Running:
    """Sets the headers and footers of one document, section by section."""

    def __init__(self, first: Section, livery: Livery | None, *, project: str) -> None:
        first.footer.paragraphs[0].runs[0].text = project
        self._livery = livery
        self._numbers = [deepcopy(child) for child in first.footer.part.element]
        self._laid: int | None = None
        self._frames = count(1)  # no two of a document have one number

    def set(self, section: Section, words: str, sheet: Sheet) -> None:
        """The header and footer of a section; `words` are its running head."""
        has_title_page = self._livery is not None and self._livery.has_title_page
        section.different_first_page_header_footer = has_title_page and self._laid is None
        if section.different_first_page_header_footer:
            self._fill(section.first_page_header, "first-header", sheet)
            self._fill(section.first_page_footer, "first-footer", sheet, numbered=True)
        self._fill(section.header, "header", sheet, words=words)
        # Other sections inherit the first footer as long as their lines are as wide.
        if self._laid != sheet.text_width:
            self._fill(section.footer, "footer", sheet, numbered=True)
            self._laid = sheet.text_width

    def _fill(
        self, story: Story, name: str, sheet: Sheet, *, words: str = "", numbered: bool = False
    ) -> None:
        """The house's blocks, then our own line: the running head, or the number of the page."""
        story.is_linked_to_previous = False
        root = story.part.element
        head = None if self._livery is None else self._livery.heads.get(name)
        blocks = [] if head is None else self._blocks(head, story, sheet)
        if numbered:
            root[:] = [deepcopy(child) for child in self._numbers]
        line = story.paragraphs[0]
        if words:
            line.text = words
        if (words or numbered) and not (numbered and head is not None and head.has_numbers):
            if self._livery is not None:
                line.style = OWN_LINES[str(line.style.name if line.style else "")]
            _end_at_the_margin(line, sheet)
            root[:0] = blocks
        elif blocks:
            root[:] = blocks
            if local(blocks[-1]) == "tbl":
                story.add_paragraph()

    def _blocks(self, head: Head, story: Story, sheet: Sheet) -> list[Element]:
        """The house's blocks on this sheet, their pictures put into the package."""
        assert self._livery is not None
        blocks = fitted(head, self._livery.page, sheet, self._livery.stops)
        for block in blocks:
            for blip in block.iter(BLIP):
                picture = head.pictures[int(str(blip.get(EMBED)))]
                blip.set(EMBED, story.part.get_or_add_image(BytesIO(picture))[0])
            for said in block.iter(FRAME_SAID):
                said.set("id", str(next(self._frames)))
        return blocks


def _end_at_the_margin(paragraph: Paragraph, sheet: Sheet) -> None:
    """One tab stop, at the right margin, whatever the style of the paragraph has."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Twips

    own = paragraph.paragraph_format.tab_stops
    own.clear_all()
    style = paragraph.style  # the default one where it names none
    assert style is not None
    of_style = [stop.position for stop in style.paragraph_format.tab_stops]
    if of_style == [Twips(sheet.text_width)]:
        return
    for position in of_style:
        own.add_tab_stop(position, WD_TAB_ALIGNMENT.CLEAR)
    own.add_tab_stop(Twips(sheet.text_width), WD_TAB_ALIGNMENT.RIGHT)
