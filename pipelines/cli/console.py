"""The one console that verbs print to.

Results go to stdout, so that they can be piped; progress, logs and errors go to
stderr.
"""

import sys

from rich.console import Console

# A pipe has no width; at rich's 80 columns a table of figures would be cut.
PIPE_WIDTH = 120


def output() -> Console:
    """A console on stdout, without wrapping at 80 columns where nobody looks."""
    width = None if sys.stdout.isatty() else PIPE_WIDTH
    return Console(width=width, highlight=False, soft_wrap=False)
