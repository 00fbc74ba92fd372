"""Lines that programs and people put around speech, such as "Transcribed by" and "END OF SIDE A".

They are set aside, never taken as words, and some of them tell which program wrote the file.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Notice(NamedTuple):
    """What a notice tells besides that it is one."""

    producer: str | None = None
    duration: str | None = None
    language: str | None = None


# No notice that we have seen is longer; a long line is not searched.
_LONGEST = 200
_NOTICE = re.compile(
    r"""[\W_]*(?:
      (?P<otter>transcribed\ by\ https?://otter\.ai.*)
    | (?P<meet>this\ editable\ transcript\ was\ computer[ -]generated.*
        |meeting\ ended\ after\ (?P<duration>\d\d:\d\d:\d\d).*)
    | (?P<teams>.{1,60}\ (?:started|stopped)\ transcription)
    | (?P<whisper>detect(?:ing|ed)\ language(?:\ using\ .*|(?::\s*|\s+')(?P<language>\w+).*))
    | (?P<keywords>summary\ keywords)
    | timer\ reset
    | end\ of\ (?:recording|interview|transcript|tape|audio|side(?:\ [a-d])?)
    | (?:recording|transcript|tape|side\ [a-d])\ (?:begins|starts|ends|ended|stopped)
    )[\W_]*$""",
    re.VERBOSE | re.IGNORECASE,
)
_PRODUCERS = {
    "otter": "Otter",
    "keywords": "Otter",
    "meet": "Google Meet",
    "teams": "Microsoft Teams",
    "whisper": "Whisper",
}


def find_notice(text: str) -> Notice | None:
    """What a line tells if it is a notice, else None."""
    match = _NOTICE.match(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    producer = next((name for group, name in _PRODUCERS.items() if match[group]), None)
    return Notice(producer, match["duration"], match["language"])
