from __future__ import annotations

from keys_page import PAGE, RENEW, page

from qualcode.tui.keys import COMMANDS


def test_the_page_of_keys_is_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), f"Renew it with: {RENEW}"


def test_every_command_is_on_the_page() -> None:
    text = page()

    assert len(COMMANDS) > 60
    assert all(f"`{one.id}`" in text for one in COMMANDS)
    assert all(one.help.split("|")[0].split("*")[0] in text for one in COMMANDS)
