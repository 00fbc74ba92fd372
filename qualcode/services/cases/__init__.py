"""Cases: the rows that are compared, the passages that are theirs, and where silence tells."""
