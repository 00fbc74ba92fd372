"""`python -m qualcode` is the command line."""

import sys

from qualcode.cli.main import run

if __name__ == "__main__":
    sys.exit(run())
