"""The team's memos on quotations, as Word's comments beside the words they are about.

Who wrote one and when come from the memo itself. They are streamed into a part of their own:
python-docx looks through all comments for each new one, which is quadratic.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from qualcode.exporters.word.writing import wml
from qualcode.exporters.word.writing.skeleton import Margin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcode.exporters.textsafe import Cleaner
    from qualcode.model.matrix import Quotation, QuotedMemo

_MARK = "comments"


class Comments:
    """Ties memos to words while the body is poured, and pours them themselves after it."""

    def __init__(self, clean: Cleaner) -> None:
        self._clean = clean
        self._met: list[tuple[QuotedMemo, str]] = []

    def around(self, quotation: Quotation, content: str) -> str:
        """The content with the memos of the quotation beside it."""
        for memo in quotation.notes:
            content = wml.commented(content, len(self._met))
            self._met.append((memo, quotation.locator))
        return content

    def margin(self) -> Margin:
        """The part of the package that holds them."""
        return Margin(
            mark=_MARK,
            member="comments.xml",
            content_type=f"{wml.PART}.comments+xml",
            relation=f"{wml.RELATIONSHIPS}/comments",
            opening=f'{wml.DECLARATION}<w:comments xmlns:w="{wml.NAMESPACE}">',
            closing="</w:comments>",
            body=self._body(),
        )

    def _body(self) -> Iterator[str]:
        for number, (memo, locator) in enumerate(self._met):
            at = f"memo on {locator}"
            coder = self._clean(memo.coder, at=at)
            words = self._clean(f"{memo.type.capitalize()}: {memo.body}", at=at)
            yield wml.comment(
                words,
                number,
                author=coder,
                initials=_initials(coder),
                written=_in_utc(memo.written),
            )


def _in_utc(written: str) -> str:
    """An ISO time as Word writes it."""
    time = datetime.fromisoformat(written)
    if time.tzinfo:
        time = time.astimezone(UTC)
    return f"{time:%Y-%m-%dT%H:%M:%SZ}"


def _initials(name: str) -> str:
    """`Amina Idris` is AI, `amina` is A."""
    return "".join(part[0] for part in name.split())[:3].upper()
