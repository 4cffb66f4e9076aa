"""Packs of rules, and an organisation's settings."""

from __future__ import annotations

import json
from typing import Any, final

from spelregel import _native
from spelregel._data import read
from spelregel._frozen import Frozen
from spelregel._reading import File, Readable, limits_json, one_file
from spelregel.limits import Limits
from spelregel.words import Language, Text

__all__ = ["Pack", "Settings"]


@final
class Pack(Frozen):
    """A pack of rules: read, and not yet checked against a metamodel.

    Example:
        >>> pack = sr.Pack.shipped("slim-invoeren")
        >>> pack.id, len(pack)
        ('slim-invoeren', 30)
    """

    __slots__ = ("_file", "_inner")
    _inner: _native.Pack
    # The text of somebody's own; for a shipped one, its id.
    _file: File | str

    @classmethod
    def load(
        cls,
        source: Readable | None = None,
        *,
        text: str | None = None,
        limits: Limits | None = None,
    ) -> Pack:
        r"""Reads a pack.

        Args:
            source: A path, or a document as bytes or a dictionary.
            text: The document itself, instead of a source.
            limits: How large and deep it may be.

        Raises:
            PackError: Everything that is wrong with the document.

        Example:
            >>> pack = sr.Pack.load(text="pack: ours\nversion: 1.0.0\ntitle: {en: Ours}")
            >>> pack.title
            Text(en='Ours', nl=None)
        """
        file = one_file(source, text, "a pack")
        return cls._of(_inner=_native.Pack.load(file, limits_json(limits)), _file=file)

    @classmethod
    def shipped(cls, id: str) -> Pack:  # noqa: A002
        """The shipped pack of that id.

        Raises:
            PackError: If there is none.

        Example:
            >>> sr.Pack.shipped("slim-invoeren").version
            '1.0.0'
        """
        return cls._of(_inner=_native.Pack.shipped(id), _file=id)

    @staticmethod
    def shipped_ids() -> tuple[str, ...]:
        """The ids of the shipped packs.

        Example:
            >>> "slim-invoeren" in sr.Pack.shipped_ids()
            True
        """
        return tuple(_native.shipped_packs())

    @property
    def id(self) -> str:
        """What full rule ids start with.

        Example:
            >>> sr.Pack.shipped("slim-invoeren").id
            'slim-invoeren'
        """
        return self._inner.id

    @property
    def version(self) -> str:
        """Its own version.

        Example:
            >>> sr.Pack.shipped("slim-invoeren").version
            '1.0.0'
        """
        return self._inner.version

    @property
    def title(self) -> Text:
        """What it is called.

        Example:
            >>> bool(sr.Pack.shipped("slim-invoeren").title["nl"])
            True
        """
        return read(Text, self._inner.title())

    def to_json(self) -> str:
        """The pack in its JSON form, which loads to the same pack.

        Example:
            >>> json_form = sr.Pack.shipped("slim-invoeren").to_json()
            >>> sr.Pack.load(text=json_form).id
            'slim-invoeren'
        """
        return self._inner.to_json()

    def to_dict(self) -> dict[str, Any]:
        """The pack in its JSON form, as a dictionary.

        Example:
            >>> sr.Pack.shipped("slim-invoeren").to_dict()["pack"]
            'slim-invoeren'
        """
        return dict(json.loads(self.to_json()))

    def __len__(self) -> int:
        """How many rules it has."""
        return self._inner.rule_count

    def __eq__(self, other: object) -> bool:
        """Whether both have the same text under the same name."""
        return isinstance(other, Pack) and self._file == other._file

    def __hash__(self) -> int:
        """Equal for equal packs."""
        return hash(self._file)

    def __repr__(self) -> str:
        """One line."""
        return f"<spelregel.Pack {self.id} {self.version}: {len(self)} rules>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as its text, or as the id of a shipped one."""
        return _remake_pack, (self._file,)


@final
class Settings(Frozen):
    """What an organisation changes without touching packs.

    Example:
        >>> settings = sr.Settings.load({"settings": {"languages": ["nl"]}})
        >>> settings.languages
        ('nl',)
        >>> sr.Settings().languages
        ()
    """

    __slots__ = ("_file", "_inner")
    _inner: _native.Settings
    _file: File | None

    def __init__(self) -> None:
        """Settings that change nothing."""
        object.__setattr__(self, "_inner", _native.Settings.none())
        object.__setattr__(self, "_file", None)

    @classmethod
    def load(
        cls,
        source: Readable | None = None,
        *,
        text: str | None = None,
        limits: Limits | None = None,
    ) -> Settings:
        """Reads settings.

        Args:
            source: A path, or a document as bytes or a dictionary.
            text: The document itself, instead of a source.
            limits: How large and deep it may be.

        Raises:
            OptionsError: Everything that is wrong with the document.

        Example:
            >>> milder = sr.Settings.load(text="settings: {severity: {goal-owned: advice}}")
            >>> sr.RuleSet.compile(*rules.packs, settings=milder)["goal-owned"].severity
            <Severity.ADVICE: 'advice'>
        """
        file = one_file(source, text, "settings")
        return cls._of(_inner=_native.Settings.load(file, limits_json(limits)), _file=file)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that the organisation reports in, the first one first; empty: any.

        Example:
            >>> sr.Settings.load(text="settings: {languages: [nl, en]}").languages
            ('nl', 'en')
        """
        return tuple(self._inner.languages)  # type: ignore[arg-type]

    def __eq__(self, other: object) -> bool:
        """Whether both have the same text."""
        return isinstance(other, Settings) and self._file == other._file

    def __hash__(self) -> int:
        """Equal for equal settings."""
        return hash(self._file)

    def __repr__(self) -> str:
        """One line."""
        return f"<spelregel.Settings {self._file[0] if self._file else 'that change nothing'}>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as its text."""
        return _remake_settings, (self._file,)


def _remake_pack(file: File | str) -> Pack:
    native = _native.Pack.shipped(file) if isinstance(file, str) else _native.Pack.load(file, None)
    return Pack._of(_inner=native, _file=file)


def _remake_settings(file: File | None) -> Settings:
    if file is None:
        return Settings()
    return Settings._of(_inner=_native.Settings.load(file, None), _file=file)
