"""Governance rules for change programmes, evaluated on a typed dependency graph."""

from spelregel._native import __version__

__all__ = ["__version__"]
