"""Coding work: codes put on passages by people, and how far each has come."""
