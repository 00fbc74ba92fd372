"""Ways out: the one door by which a finished value leaves, and what is known of past exports."""
