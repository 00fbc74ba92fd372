"""What a document wears of a house, ready to be put on: styles, paper, header and footer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from qualcode.exporters.word.template.headers import Head, Left, head_of, styles_used
from qualcode.exporters.word.template.reading import opened
from qualcode.exporters.word.template.sizes import quote_size
from qualcode.exporters.word.template.styles import dressed, tab_stops
from qualcode.text.counting import counted

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from qualcode.exporters.word.template.reading import Page
    from qualcode.model.document import Template

_CALLED: Final = {"shape": "shape", "picture": "picture that is no PNG or JPEG", "field": "field"}


@dataclass(frozen=True)
class Livery:
    """A template looked through: `package` is ours with its styles, `heads` are its headers and
    footers by what they are called in a `House`, `stops` the tab stops of their styles.
    """

    package: bytes = field(repr=False)
    heads: Mapping[str, Head]
    stops: Mapping[str, Sequence[Element]]
    page: Page | None
    quote_size: tuple[float, float]
    warnings: tuple[str, ...] = ()

    @property
    def has_title_page(self) -> bool:
        """True where the first page has a header or footer of its own."""
        return any(name.startswith("first-") for name in self.heads)


def livery_of(template: Template | None) -> Livery | None:
    """What is worn of a template, or None without one. Raises TemplateError."""
    if template is None:
        return None
    house = opened(template)
    used = {one for story in house.stories.values() for one in styles_used(story)}
    package, ids = dressed(house, used)
    left: Left = Counter()
    heads = {name: head_of(story, ids, left) for name, story in house.stories.items()}
    return Livery(
        package=package.getvalue(),
        quote_size=quote_size(package.getvalue()),
        heads={name: head for name, head in heads.items() if head.says_something},
        stops={ids[one]: tab_stops(house, one) for one in sorted(used) if one in ids},
        page=house.page,
        warnings=tuple(_said(left)),
    )


def _said(left: Left) -> list[str]:
    """What of the header and footer does not stand in the document."""
    if not left:
        return []
    kinds = ", ".join(_many(left[kind], called) for kind, called in _CALLED.items() if left[kind])
    return [f"of the template's header and footer these were left out: {kinds}"]


def _many(count: int, called: str) -> str:
    noun, _, rest = called.partition(" ")
    if rest and count != 1:
        rest = rest.replace("that is no", "that are no")
    return f"{counted(count, noun)} {rest}".strip()
