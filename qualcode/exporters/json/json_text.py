"""JSON as all exporters write it: UTF-8, one record a line, words letter for letter."""

from __future__ import annotations

import json
import re

# Half a surrogate pair cannot be encoded, but JSON can name it, so not even that is replaced.
_SURROGATE = re.compile("[\ud800-\udfff]")


def to_json(value: object) -> bytes:
    """The value on one line."""
    text = json.dumps(value, ensure_ascii=False)
    if text.isascii():
        return text.encode("ascii")
    return _SURROGATE.sub(lambda half: f"\\u{ord(half.group()):04x}", text).encode()
