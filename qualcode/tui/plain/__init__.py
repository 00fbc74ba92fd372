"""The coding screen in lines: the same work, a command and an answer at a time."""
