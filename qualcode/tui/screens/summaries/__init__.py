"""Summaries: the sheet of all cells, and the cell that somebody writes in."""
