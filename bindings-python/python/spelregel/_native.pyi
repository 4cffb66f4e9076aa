"""
What the Python package is made of.
"""

from _typeshed import SupportsGetItem
from typing import Final

__all__ = ["__version__", "check", "shipped_packs"]

__version__: Final[str]
"""
The version of Spelregel.
"""

def check(
    files: SupportsGetItem[int, tuple[str, bytes | bytearray]],
    packs: SupportsGetItem[int, str | tuple[str, bytes | bytearray]],
    settings: tuple[str, bytes | bytearray] | None,
    at: str,
    gate: str | None,
    programmes: SupportsGetItem[int, str],
    tags: SupportsGetItem[int, str],
) -> str:
    """
    The report on a model, as JSON.
    """

def shipped_packs() -> list[str]:
    """
    The ids of the shipped packs.
    """
