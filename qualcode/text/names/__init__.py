"""Names in a text, however they are written there: forms, pieces, guesses, what is none."""
