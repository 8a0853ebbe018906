"""Runs the command line: ``python -m riskengine``."""

import sys

from riskengine.cli import main

if __name__ == "__main__":
    sys.exit(main())
