"""The codebook: brought in line with its file, and changed code by code."""
