"""Bringing transcripts in: files and manifests on their way to the store."""
