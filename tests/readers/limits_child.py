"""Reads one file in a process that may not take more memory or time than it is told.

    python limits_child.py FILE SECONDS MEGABYTES [FORMAT]

prints what came of it as JSON. Whatever is no error of ours ends the process as it would any other.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main(file: str, seconds: str, megabytes: str, format_name: str | None = None) -> None:
    """Read the file and say how many turns it has, or how it was refused."""
    resource.setrlimit(resource.RLIMIT_AS, (int(megabytes) * 2**20,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds),) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.path[:0] = [str(ROOT)]
    from qualcode.errors import QualcodeError
    from qualcode.readers import Source, read_transcript

    path = Path(file)
    source = Source(path.read_bytes(), path.name, path.name)
    try:
        reading = read_transcript(source, name="a", format=format_name)
    except QualcodeError as refused:
        outcome: dict[str, object] = {"refused": type(refused).__name__, "sentence": str(refused)}
    else:
        transcript = reading.transcript
        outcome = {"read": len(transcript.turns), "format": transcript.format}
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({**outcome, "cpu": usage.ru_utime + usage.ru_stime, "kb": usage.ru_maxrss}))


if __name__ == "__main__":
    main(*sys.argv[1:])
