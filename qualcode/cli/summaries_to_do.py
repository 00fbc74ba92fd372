"""The cells that wait for words: passages without a summary, a stale one, or several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.cli import messages, output

if TYPE_CHECKING:
    from qualcode.cli.context import Call
    from qualcode.cli.records import Record
    from qualcode.services.summaries.to_do import Waiting


def list_to_do(
    call: Call, case: str | None, theme: str | None, rows: str | None, *, as_json: bool
) -> None:
    """List the cells that wait for words, and say where to begin."""
    from qualcode.services.summaries.to_do import cells_to_do

    with call.store() as store:
        found = cells_to_do(store, rows=rows, case=case, theme=theme)
    if as_json:
        output.json_value([_waiting(one) for one in found])
    else:
        output.table(
            ("CASE", "THEME", "PASSAGES", "NEW", "SUMMARY"),
            [(one.case, one.theme, one.passages, one.new, _state(one)) for one in found],
        )
    messages.say(f"{messages.count(len(found), 'cell')} to do")
    if found:
        first = f"{messages.typed(found[0].case)} {found[0].theme}"
        of = f" --rows {messages.typed(rows)}" if rows else ""
        messages.next_step(f"qualcode summaries write {first}{of}")


def _waiting(one: Waiting) -> Record:
    return {
        "case": one.case,
        "theme": one.theme,
        "passages": one.passages,
        "new": one.new,
        "status": None if one.status is None else str(one.status),
        "stale": one.is_stale,
        "wordings": one.wordings,
    }


def _state(one: Waiting) -> str:
    if one.status is None:
        return "none yet"
    said = [str(one.status)]
    said += ["stale"] if one.is_stale else []
    said += [f"{one.wordings} wordings"] if one.wordings > 1 else []
    return ", ".join(said)
