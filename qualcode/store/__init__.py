"""The store: one append-only event log, and tables that are its projection.

The only room that speaks SQL. SQLite in one file by default, PostgreSQL by URL with the same code.
"""
