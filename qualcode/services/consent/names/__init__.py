"""Names that may not leave: known, settled, masked where words are shown, forgotten."""
