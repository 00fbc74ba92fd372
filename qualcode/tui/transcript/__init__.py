"""The transcript on the screen: its rows, its units, the stripes beside it, the view itself."""
