"""How transcripts are written, whatever the format: labels, times, headers, notices, tables."""
