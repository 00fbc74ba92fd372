"""The keys that the guide names: those of this person, and of this codebook's first theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.tui.guide import Keys
from qualcode.tui.keys import BY_ID, key_label
from qualcode.tui.numbers import codes_of

if TYPE_CHECKING:
    from qualcode.tui.screens.coding.screen import CodingScreen

_LIKED_THEME = "funding"
"""The theme of the worked example on which the first interview has most to say."""


def guide_keys(screen: CodingScreen) -> Keys:
    """The keys as they are written on this screen."""
    keymap, session = screen.app.keymap, screen.session

    def key(command: str) -> str:
        return keymap.short_label(BY_ID[command])

    letter = code_key = code_name = ""
    themes = sorted(screen.picture.letters.items(), key=lambda one: one[1].id != _LIKED_THEME)
    for sign, theme in themes:
        codes = codes_of(session.book, theme, sign, session.retired)
        if codes:
            chosen_key, code, _ = codes[min(1, len(codes) - 1)]
            letter, code_key, code_name = sign, chosen_key, code.name
            break
    return Keys(
        down=key("coding.sentence-down"),
        # Some terminals keep shift with an arrow to themselves: the letter is named as well.
        extend=" or ".join(map(key_label, keymap.keys(BY_ID["coding.extend-down"]))),
        theme=letter,
        code=code_key,
        code_name=code_name,
        undo=key("coding.undo"),
        uncoded=key("coding.next-uncoded"),
        find=key("coding.find-code"),
        help=key("everywhere.help"),
        back=key("everywhere.back"),
    )
