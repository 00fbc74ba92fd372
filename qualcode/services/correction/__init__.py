"""Corrected transcripts: versions, codings carried over to the newest, what waits for a person."""
