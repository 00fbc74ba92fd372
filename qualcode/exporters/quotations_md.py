"""Quotations as Markdown to be read: a heading a code, block quotations, where each comes from.

CommonMark shows the words as they were said: every sign that it would take for markup is escaped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcode.exporters.content_check import ContentCheck
from qualcode.exporters.textsafe import Cleaner
from qualcode.model.matrix import ExportReport

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from qualcode.model.matrix import Quotation

# Signs that are markup wherever they stand; "~" and "|" in the dialects that strike out and
# draw tables, "$" where they set formulas.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>&~|$]")

# What makes a heading, a list, a rule or an underline where a line begins.
_AT_LINE_START = ("#", "+", "-", "=")
_LEADING_NUMBER = re.compile(r"\d{1,9}[.)]")

_BLANKS = re.compile(r"^[ \t]+|[ \t]+$")


def write(quotations: Iterable[Quotation], out: BinaryIO) -> ExportReport:
    """Write the quotations in their order, with a heading where the code changes."""
    check = ContentCheck()
    clean = Cleaner()
    code = None
    out.write(b"# Quotations\n")
    for quotation in quotations:
        check.add(quotation)
        if quotation.code != code:
            code = quotation.code
            out.write(f"\n## {_line(clean(code, at='codebook'))}\n".encode())
        out.write(_quotation(quotation, clean).encode())
    return ExportReport(
        quotations=check.count,
        rows=check.count,
        replaced_characters=clean.replaced,
        digest=check.digest,
        warnings=clean.warnings(),
    )


def _quotation(quotation: Quotation, clean: Cleaner) -> str:
    at = quotation.locator
    paragraphs = clean(quotation.text, at=at).split("\n\n")
    quoted = "\n>\n".join(
        # A backslash at the end of a line is a line break that no editor strips.
        "\\\n".join(f"> {_line(line)}" for line in paragraph.split("\n"))
        for paragraph in paragraphs
    )
    source = clean(f"{quotation.attribution} ({at})" if quotation.attribution else at, at=at)
    memo = f"\n\n*Memo:* {_line(clean(quotation.memo, at=at))}" if quotation.memo else ""
    return f"\n{quoted}\n\n— {_line(source)}{memo}\n"


def _line(words: str) -> str:
    """Words of one line as Markdown that shows them as they are."""
    escaped = _ANYWHERE.sub(lambda sign: f"\\{sign.group()}", words.replace("\n", " "))
    number = _LEADING_NUMBER.match(escaped)
    if number:
        at = number.end() - 1
        escaped = f"{escaped[:at]}\\{escaped[at:]}"
    elif escaped.startswith(_AT_LINE_START):
        escaped = f"\\{escaped}"
    # Markdown drops blanks at the edges of a line, but not where they are named.
    return _BLANKS.sub(
        lambda blanks: "".join(f"&#{ord(blank)};" for blank in blanks.group()), escaped
    )
