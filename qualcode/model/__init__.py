"""Frozen values that every room speaks in. No file, no database, no screen is known here."""
