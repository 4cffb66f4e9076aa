"""Sessions: findings that follow edits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, final

from spelregel import _native
from spelregel._data import read, read_all
from spelregel._frozen import Frozen
from spelregel._reading import date_text, limits_json
from spelregel.findings import Change, Finding
from spelregel.limits import Limits
from spelregel.model import Model
from spelregel.report import Report
from spelregel.rules import RuleSet, asked
from spelregel.words import Language

__all__ = ["Delta", "Edit", "Session"]


@final
class Edit(Frozen):
    """One edit of what a session holds; values are written as in model documents.

    Example:
        >>> sr.Edit.unlink("opdrachtgever", "held_by", "jansen")
        Edit({'edit': 'unlink', 'from': 'opdrachtgever', 'relation': 'held_by', 'to': 'jansen'})
    """

    __slots__ = ("_json",)
    _json: str

    def __init__(self, form: Mapping[str, Any]) -> None:
        """Takes the JSON form of an edit.

        Example:
            >>> sr.Edit({"edit": "remove", "id": "sponsor"}) == sr.Edit.remove("sponsor")
            True
        """
        text = json.dumps(dict(form), default=_plain, ensure_ascii=False, sort_keys=False)
        object.__setattr__(self, "_json", text)

    @classmethod
    def put(cls, kind: str, id: str, fields: Mapping[str, Any] | None = None) -> Edit:  # noqa: A002
        """Adds an element, or replaces the own fields of the one with that id; its links stay.

        Example:
            >>> sr.Edit.put("Role", "sponsor", {"role_type": "commissioner"}).to_dict()["kind"]
            'Role'
        """
        form: dict[str, Any] = {"edit": "put", "kind": kind, "id": id}
        return cls({**form, "fields": dict(fields)} if fields else form)

    @classmethod
    def remove(cls, id: str) -> Edit:  # noqa: A002
        """Takes an element away, and its links with it.

        Example:
            >>> sr.Edit.remove("sponsor").to_dict()
            {'edit': 'remove', 'id': 'sponsor'}
        """
        return cls({"edit": "remove", "id": id})

    @classmethod
    def set(cls, id: str, field: str, value: Any) -> Edit:  # noqa: A002
        """Records a property of an element.

        Example:
            >>> sr.Edit.set("klimaat", "phase", "deliver").to_dict()["value"]
            'deliver'
        """
        return cls({"edit": "set", "id": id, "field": field, "value": value})

    @classmethod
    def clear(cls, id: str, field: str) -> Edit:  # noqa: A002
        """Forgets a property of an element.

        Example:
            >>> sr.Edit.clear("klimaat", "phase").to_dict()["field"]
            'phase'
        """
        return cls({"edit": "clear", "id": id, "field": field})

    @classmethod
    def link(
        cls, source: str, relation: str, to: str, properties: Mapping[str, Any] | None = None
    ) -> Edit:
        """Links two elements, by a relation or the inverse of one.

        Example:
            >>> sr.Edit.link("sponsor", "held_by", "jansen", {"fte": 0.2}).to_dict()["properties"]
            {'fte': 0.2}
        """
        form: dict[str, Any] = {"edit": "link", "from": source, "relation": relation, "to": to}
        return cls({**form, "properties": dict(properties)} if properties else form)

    @classmethod
    def unlink(
        cls, source: str, relation: str, to: str, *, valid_from: date | str | None = None
    ) -> Edit:
        """Takes all links of a relation between two elements away, or those from a day on.

        Example:
            >>> sr.Edit.unlink("sponsor", "held_by", "jansen", valid_from="2026-01-01")
            Edit({'edit': 'unlink', ..., 'valid_from': '2026-01-01'})
        """
        form: dict[str, Any] = {"edit": "unlink", "from": source, "relation": relation, "to": to}
        return cls(form if valid_from is None else {**form, "valid_from": date_text(valid_from)})

    @classmethod
    def open(cls, kind: str) -> Edit:
        """Says that the model does not record a kind completely.

        Example:
            >>> sr.Edit.open("LearningActivity").to_dict()["edit"]
            'open'
        """
        return cls({"edit": "open", "kind": kind})

    @classmethod
    def close(cls, kind: str) -> Edit:
        """Says that the model records a kind completely.

        Example:
            >>> sr.Edit.close("LearningActivity").to_dict()["edit"]
            'close'
        """
        return cls({"edit": "close", "kind": kind})

    @classmethod
    def deviate(
        cls,
        rule: str,
        *elements: str,
        reason: str,
        path: str | None = None,
        decided_by: str | None = None,
        until: date | str | None = None,
    ) -> Edit:
        """Records a deviation: comply or explain.

        Example:
            >>> sr.Edit.deviate("goal-owned", "co2", reason="Shared for now").to_dict()["elements"]
            ['co2']
        """
        form = {
            "edit": "deviate",
            "rule": rule,
            "elements": list(elements),
            "path": path,
            "reason": reason,
            "decided_by": decided_by,
            "until": None if until is None else date_text(until),
        }
        return cls({name: value for name, value in form.items() if value is not None})

    @classmethod
    def withdraw(cls, rule: str, *elements: str, path: str | None = None) -> Edit:
        """Takes deviations from a rule away: those of exactly these elements and this path.

        Example:
            >>> sr.Edit.withdraw("goal-owned", "co2").to_dict()["edit"]
            'withdraw'
        """
        form: dict[str, Any] = {"edit": "withdraw", "rule": rule, "elements": list(elements)}
        return cls(form if path is None else {**form, "path": path})

    @classmethod
    def date(cls, at: date | str) -> Edit:
        """Sets the date of the check.

        Example:
            >>> sr.Edit.date("2026-07-01").to_dict()
            {'edit': 'date', 'at': '2026-07-01'}
        """
        return cls({"edit": "date", "at": date_text(at)})

    def to_dict(self) -> dict[str, Any]:
        """The JSON form.

        Example:
            >>> sr.Edit.remove("sponsor").to_dict()["id"]
            'sponsor'
        """
        return dict(json.loads(self._json))

    def __eq__(self, other: object) -> bool:
        """Whether both say the same."""
        return isinstance(other, Edit) and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        """Equal for equal edits."""
        return hash(json.dumps(self.to_dict(), sort_keys=True))

    def __repr__(self) -> str:
        """The JSON form."""
        return f"Edit({self.to_dict()})"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as its JSON form."""
        return Edit, (self.to_dict(),)


@dataclass(frozen=True, slots=True)
class Delta:
    """How edits changed the findings. Each list is in the order that reports have.

    Example:
        >>> live = sr.Session(model, rules, at="2026-06-01")
        >>> delta = live.apply(sr.Edit.set("co2", "horizon", "2035-12-31"))
        >>> [finding.verdict.value for finding in delta.went]
        ['unknown']
        >>> bool(delta)
        True
    """

    appeared: tuple[Finding, ...] = ()
    """Findings that were not there before."""
    changed: tuple[Change, ...] = ()
    """Findings that were there and say something else now."""
    went: tuple[Finding, ...] = ()
    """Findings that are no longer there, as they were."""
    rejudged: int = 0
    """How many verdicts were worked out again: a measure of the work."""

    def __bool__(self) -> bool:
        """Whether a finding changed."""
        return bool(self.appeared or self.changed or self.went)


@final
class Session:
    """A model and a rule set that stay together while the model is edited.

    Only what an edit can have affected is judged again. What the session finds is always what
    :meth:`RuleSet.check` finds on :attr:`model`.

    Example:
        >>> live = sr.Session(model, rules, at="2026-06-01")
        >>> delta = live.apply(sr.Edit.remove("co2"))
        >>> len(live.model)
        1
        >>> delta = live.undo()
        >>> live.model == model
        True
    """

    __slots__ = ("_asked", "_inner", "_language", "_rules")

    def __init__(
        self,
        model: Model,
        rules: RuleSet | None = None,
        *,
        at: date | str | None = None,
        gate: str | None = None,
        programmes: Iterable[str] = (),
        tags: Iterable[str] = (),
        lang: Language | None = None,
        limits: Limits | None = None,
    ) -> None:
        """Starts with a model.

        Args:
            model: One that was loaded with the metamodel of the rules.
            rules: The rules; all shipped packs if left out.
            at: The date of the check; today if left out.
            gate: The gate whose readiness is asked.
            programmes: Only what belongs to these programmes; everything if empty.
            tags: Only rules with one of these tags; all rules if empty.
            lang: The language in which reports show themselves.
            limits: How large edits may make the model.

        Raises:
            OptionsError: If the date, the gate, a programme or a tag is not one.
        """
        self._rules = rules if rules is not None else RuleSet.compile()
        self._language: Language = lang or self._rules._language
        self._asked = asked(at, gate, programmes, tags)
        self._inner = _native.Session(
            self._rules._inner, model._inner, self._asked, limits_json(limits)
        )

    @property
    def rules(self) -> RuleSet:
        """The rules.

        Example:
            >>> sr.Session(model, rules).rules == rules
            True
        """
        return self._rules

    @property
    def model(self) -> Model:
        """The model as it is now.

        Example:
            >>> sr.Session(model, rules).model == model
            True
        """
        return Model._edited(self._inner.model(), self._rules.metamodel)

    @property
    def at(self) -> date:
        """The date of the check as it is now.

        Example:
            >>> sr.Session(model, rules, at="2026-06-01").at
            datetime.date(2026, 6, 1)
        """
        return date.fromisoformat(self._inner.at())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings as they are now, in the order of reports.

        Example:
            >>> sr.Session(model, rules, at="2026-06-01").findings == report.findings
            True
        """
        return read_all(Finding, self._inner.findings())

    def report(self) -> Report:
        """A whole report on the model as it is now.

        Example:
            >>> sr.Session(model, rules, at="2026-06-01").report() == report
            True
        """
        question = (self._inner.at(), *self._asked[1:])
        return Report._of(
            _inner=self._inner.report(),
            _model=self.model,
            _language=self._language,
            _rules=self._rules,
            _asked=question,
        )

    def apply(self, *edits: Edit) -> Delta:
        """Makes edits, all of them or none.

        Raises:
            EditError: The first edit that makes no sense: then nothing has changed.

        Example:
            >>> live = sr.Session(model, rules, at="2026-06-01")
            >>> delta = live.apply(
            ...     sr.Edit.put("Person", "jansen"), sr.Edit.link("co2", "owned_by", "jansen")
            ... )
            >>> [finding.rule for finding in delta.went]
            ['ours/goal-owned']
        """
        return _delta(self._inner.apply(_edits(edits)))

    def what_if(self, *edits: Edit) -> Delta:
        """What edits would change, without making them.

        Raises:
            EditError: As for :meth:`apply`.

        Example:
            >>> live = sr.Session(model, rules, at="2026-06-01")
            >>> len(live.what_if(sr.Edit.remove("co2")).went)
            2
            >>> "co2" in live.model
            True
        """
        return _delta(self._inner.what_if(_edits(edits)))

    def undo(self) -> Delta | None:
        """Takes the last edits back that were made together; ``None`` where there are none.

        Example:
            >>> sr.Session(model, rules).undo() is None
            True
        """
        changed = self._inner.undo()
        return None if changed is None else _delta(changed)

    def redo(self) -> Delta | None:
        """Makes the edits again that were taken back last; ``None`` where there are none.

        Example:
            >>> sr.Session(model, rules).redo() is None
            True
        """
        changed = self._inner.redo()
        return None if changed is None else _delta(changed)

    def replace(self, model: Model) -> Delta:
        """Goes on with another model, such as an editor's text that was loaded again.

        Raises:
            EditError: If the model was loaded with another metamodel.

        Example:
            >>> live = sr.Session(model, rules)
            >>> bool(live.replace(model))
            False
        """
        return _delta(self._inner.replace(model._inner))

    def __repr__(self) -> str:
        """One line."""
        return f"<spelregel.Session at {self.at}: {len(self.model)} elements>"

    def __reduce__(self) -> str:
        """Refuses: a session changes, so there is no copy of it."""
        raise TypeError("sessions can't be pickled: pickle their model and their rules")


def _edits(edits: tuple[Edit, ...]) -> str:
    for edit in edits:
        if not isinstance(edit, Edit):
            raise TypeError(f"an Edit is wanted, not {type(edit).__name__}")
    return f"[{','.join(edit._json for edit in edits)}]"


def _delta(changed: tuple[str, int]) -> Delta:
    text, rejudged = changed
    return replace(read(Delta, text), rejudged=rejudged)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return date_text(value)
    raise TypeError(f"an edit can't hold a value of type {type(value).__name__}")
