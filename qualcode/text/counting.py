"""Numbers as sentences say them."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """`1 turn`, `2,431 turns`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
