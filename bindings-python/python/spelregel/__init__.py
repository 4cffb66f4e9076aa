"""Governance rules for change programmes, evaluated on a typed dependency graph."""

from spelregel._check import check
from spelregel._native import __version__
from spelregel.errors import Diagnostic, LoadError, OptionsError, PackError, SpelregelError

__all__ = [
    "Diagnostic",
    "LoadError",
    "OptionsError",
    "PackError",
    "SpelregelError",
    "__version__",
    "check",
]
