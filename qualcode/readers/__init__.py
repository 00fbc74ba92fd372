"""Readers of transcripts: bytes in, a transcript and the account of what was left out.

`read_transcript` recognises a format by content and reads it; one module reads one format.
"""

from qualcode.readers.ground.source import Source
from qualcode.readers.registry import READERS, read_transcript

__all__ = ["READERS", "Source", "read_transcript"]
