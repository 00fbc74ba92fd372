"""What every reader stands on: the bytes, the account of what was left out, the turns."""
