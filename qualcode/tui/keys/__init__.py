"""Every key and command in one table: `table` is made of `coding` and `screens`."""

from qualcode.tui.keys.command import DIGITS, Command, Scope, key_label
from qualcode.tui.keys.table import BY_ID, COMMANDS, commands, footer, plain_words

__all__ = [
    "BY_ID",
    "COMMANDS",
    "DIGITS",
    "Command",
    "Scope",
    "commands",
    "footer",
    "key_label",
    "plain_words",
]
