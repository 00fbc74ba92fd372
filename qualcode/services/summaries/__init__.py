"""Framework summaries: what a case says on a theme, and the codings that it rests on."""
