"""What classes have in common that hold something native."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

__all__ = ["Frozen"]

T = TypeVar("T", bound="Frozen")


class Frozen:
    """Immutable: attributes are set once, when the object is made."""

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Refuses: objects of this class don't change."""
        raise AttributeError(f"{type(self).__name__} objects can't be changed")

    def __delattr__(self, name: str) -> NoReturn:
        """Refuses: objects of this class don't change."""
        raise AttributeError(f"{type(self).__name__} objects can't be changed")

    @classmethod
    def _of(cls: type[T], **attributes: Any) -> T:
        """An object with these attributes, in place of what the constructor would do."""
        made = object.__new__(cls)
        for name, value in attributes.items():
            object.__setattr__(made, name, value)
        return made

    def __copy__(self: T) -> T:
        """The object itself: it can't change."""
        return self

    def __deepcopy__(self: T, memo: object) -> T:
        """The object itself: it can't change."""
        return self
