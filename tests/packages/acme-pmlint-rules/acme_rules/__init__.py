"""What Acme asks of its postmortems: the entry point names this module, and every rule in it is found."""

from importlib.resources import files

import pmlint
from acme_rules.actions import retired_tracker

RULES = (retired_tracker, *pmlint.read_rules(files(__name__) / "rules.toml"))
