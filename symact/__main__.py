"""`python -m symact`: the same as the command `symact`."""

import sys

from symact.cli import main

if __name__ == "__main__":
    sys.exit(main())
