"""The list of what a document holds: its check, written into the file and read out again."""
