"""What has left the project: when, by whom, in which file, and who is cited in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from qualcode.cli import messages, options, output
from qualcode.cli.context import Call, pass_call

if TYPE_CHECKING:
    from qualcode.cli.records import Record
    from qualcode.model.consent import Export

_DAY: Final = slice(10)
"""Of an ISO time."""


@click.command("list")
@options.as_json
@pass_call
def list_(call: Call, *, as_json: bool) -> None:
    """List what has left the project.

    Files and streams, each with when it left, by whom, for whom it was, and who is cited in it; no
    word of it is kept. This looks after the project: it is no way out.

    \b
    Example:
      qualcode export list
    """
    from qualcode.services.ways_out import past_exports

    with call.store() as store:
        exports = past_exports.list_exports(store)
    if as_json:
        output.json_value([_record(one) for one in exports])
        return
    output.table(
        ("LEFT", "BY", "FILE", "FOR", "QUOTATIONS", "CITED"),
        [
            (
                one.written[_DAY],
                one.by,
                one.called,
                str(one.audience),
                f"{one.quotations:,}",
                ", ".join(sorted(one.shown)),
            )
            for one in exports
        ],
    )
    messages.say(messages.count(len(exports), "export"))


def _record(export: Export) -> Record:
    return {
        "written": export.written,
        "by": export.by,
        "file": export.file,
        "format": export.format,
        "audience": str(export.audience),
        "digest": export.digest,
        "quotations": export.quotations,
        "cited": {
            code: sorted(str(fact) for fact in facts)
            for code, facts in sorted(export.shown.items())
        },
    }
