"""Ways out: what may leave, how it is attributed, quotations and matrices made of it."""
