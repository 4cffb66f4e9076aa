"""What untrusted input may ask for."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large and how deep input may be.

    What is left out has a default that is safe for input from anybody.

    Example:
        >>> sr.Model.load(text="goals: [{id: a}, {id: b}]", limits=sr.Limits(elements=1))
        Traceback (most recent call last):
        ...
        spelregel.errors.LimitError: error[over-limit]: the model holds more ...
    """

    source_bytes: int | None = None
    """Bytes of one source text."""
    text_bytes: int | None = None
    """Bytes of one text value."""
    document_depth: int | None = None
    """Levels of nesting in YAML or JSON."""
    document_nodes: int | None = None
    """Values in one document."""
    document_aliases: int | None = None
    """How much anchors and aliases may add to one YAML document."""
    expression_depth: int | None = None
    """Levels of nesting in an expression or a path."""
    expression_bytes: int | None = None
    """Bytes of one expression."""
    evaluation_depth: int | None = None
    """Levels of evaluation inside each other."""
    rule_cost: int | None = None
    """Steps that one rule may take on a model, by a formula; one that takes more gives errors."""
    elements: int | None = None
    """Elements in a model."""
    diagnostics: int | None = None
    """Problems that are reported at once."""
