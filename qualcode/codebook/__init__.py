"""codebook.yaml: load and check it, compare two versions, change it in place, find a code by name.

Names are resolved when they are asked for: finding a code, which every tag does, must not wait for
what reads and writes YAML (15 ms).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from qualcode.codebook.blank import blank_codebook
    from qualcode.codebook.comparing import CodebookChanges, CodeChange, compare_codebooks
    from qualcode.codebook.loading import check_codebook, load_codebook
    from qualcode.codebook.moving import drop_field, move_code, remove_code, restore_codes
    from qualcode.codebook.resolving import resolve_code
    from qualcode.codebook.writing import add_code, set_field

__all__ = [
    "CodeChange",
    "CodebookChanges",
    "add_code",
    "blank_codebook",
    "check_codebook",
    "compare_codebooks",
    "drop_field",
    "load_codebook",
    "move_code",
    "remove_code",
    "resolve_code",
    "restore_codes",
    "set_field",
]

_HOMES: Final = {
    "CodeChange": "comparing",
    "CodebookChanges": "comparing",
    "add_code": "writing",
    "blank_codebook": "blank",
    "check_codebook": "loading",
    "compare_codebooks": "comparing",
    "drop_field": "moving",
    "load_codebook": "loading",
    "move_code": "moving",
    "remove_code": "moving",
    "resolve_code": "resolving",
    "restore_codes": "moving",
    "set_field": "writing",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'qualcode.codebook' has no attribute '{name}'")
    return getattr(import_module(f"qualcode.codebook.{_HOMES[name]}"), name)
