"""The coding screen: one transcript, and the codes laid on it."""
