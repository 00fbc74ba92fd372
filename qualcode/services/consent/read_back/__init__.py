"""A finished file read back in all its parts, as the gate looks at it."""
