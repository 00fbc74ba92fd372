"""Charts: matrix, quotation book, evidence and comparison, as finished values for a writer."""
