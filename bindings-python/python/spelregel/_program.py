"""The program ``spelregel``: the same code as the Rust program."""

from __future__ import annotations

import signal
import sys

from spelregel import _native

__all__ = ["main"]


def main() -> int:
    """Does what the arguments of the process ask for. Yields the exit status."""
    # The work is native: an interrupt ends it at once, as it ends other programs.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _native.run_program(["spelregel", *sys.argv[1:]])
