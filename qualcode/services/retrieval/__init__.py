"""Retrieval: the study as its readers may see it, what was coded or said, and how it is cited."""
