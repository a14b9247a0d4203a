"""`python -m pmlint`."""

import os
import sys

# Python searches the working folder first, and there lie documents of strangers: a `click.py` among them must not run.
if not sys.flags.safe_path and os.path.realpath(sys.path[0]) == os.path.realpath(""):
    del sys.path[0]

from pmlint.cli.main import main

sys.exit(main())
