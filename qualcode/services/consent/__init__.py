"""The promise to participants: how each is cited, what may not leave, and what has left."""
