"""What the exit code of a command means."""

CLEAN = 0
FINDINGS = 1
"""Findings at or above the level to fail on, or a score below the least one."""
USAGE = 2
"""The command line or the configuration is wrong; click uses the same number."""
CRASH = 3
"""A rule raised, or pmlint itself did: our fault."""
INTERRUPTED = 130
BROKEN_PIPE = 141
