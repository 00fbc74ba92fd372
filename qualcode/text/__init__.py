"""Pure functions on text: what a word and a sentence is, where something stands, what is alike."""
