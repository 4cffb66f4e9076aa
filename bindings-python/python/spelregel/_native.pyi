"""
What the Python package is made of.
"""

from _typeshed import SupportsGetItem
from typing import Final, SupportsIndex, final

__all__ = [
    "__version__",
    "Metamodel",
    "Model",
    "Pack",
    "Picture",
    "Report",
    "RuleSet",
    "Session",
    "Settings",
    "Table",
    "default_limits",
    "holds_tables",
    "run_program",
    "severities",
    "shipped_packs",
    "verdicts",
    "write_template",
]

__version__: Final[str]
"""
The version of Spelregel.
"""

@final
class Metamodel:
    """
    A vocabulary of kinds, properties, relations and enumerations.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def extend(self, /, file: tuple[str, bytes | bytearray], limits_json: str | None) -> Metamodel:
        """
        The same with the additions of a file.
        """
    @property
    def id(self, /) -> str: ...
    def is_relation(self, /, name: str) -> bool:
        """
        Whether a relation, or the inverse of one, has the name.
        """
    def kinds(self, /) -> str:
        """
        The kinds in model order, as JSON.
        """
    def model_schema(self, /) -> str:
        """
        The JSON Schema of model documents.
        """
    @staticmethod
    def own(file: tuple[str, bytes | bytearray], limits_json: str | None) -> Metamodel:
        """
        One of somebody's own: a whole one, or an addition to the shipped one.
        """
    def pack_schema(self, /) -> str:
        """
        The JSON Schema of packs.
        """
    @staticmethod
    def standard() -> Metamodel:
        """
        The shipped one.
        """
    @property
    def version(self, /) -> str: ...

@final
class Model:
    """
    A programme, or several, as a graph.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    @staticmethod
    def convert(
        file: tuple[str, bytes | bytearray],
        metamodel: Metamodel,
        limits_json: str | None,
        lang: str,
    ) -> tuple[str, str]:
        """
        An `ArchiMate` file as a model document, and what has no place in it, in words.
        """
    def element(self, /, id: str) -> str | None:
        """
        An element as JSON; `None` where there is none of that id.
        """
    @property
    def element_count(self, /) -> int: ...
    def elements(self, /) -> str:
        """
        All elements as JSON, in model order.
        """
    def evaluate(self, /, metamodel: Metamodel, expression: str, at: str) -> tuple[str, str] | None:
        """
        What an expression comes to: its type and its value as JSON where it is certain, else `None`.
        """
    @staticmethod
    def from_files(
        files: SupportsGetItem[int, tuple[str, bytes | bytearray]],
        metamodel: Metamodel,
        limits_json: str | None,
    ) -> Model:
        """
        The model that workbooks and files with comma-separated values make together.
        """
    @staticmethod
    def from_tables(
        tables: "list[tuple[str, str | None, int, object]]",
        metamodel: Metamodel,
        limits_json: str | None,
    ) -> Model:
        """
        The model that tables make: of each its name, its file, the number of its first row, and what holds it.
        """
    def has(self, /, id: str) -> bool: ...
    def ids(self, /) -> list[str]:
        """
        The ids in model order.
        """
    @property
    def link_count(self, /) -> int: ...
    @staticmethod
    def load(
        files: SupportsGetItem[int, tuple[str, bytes | bytearray]],
        metamodel: Metamodel,
        limits_json: str | None,
    ) -> Model:
        """
        The model that documents make together.
        """
    @staticmethod
    def load_partial(
        files: SupportsGetItem[int, tuple[str, bytes | bytearray]],
        metamodel: Metamodel,
        limits_json: str | None,
    ) -> tuple[Model, str]:
        """
        What is sound in documents, and the problems as JSON.
        """
    def related(self, /, id: str, relation: str) -> list[str]:
        """
        The ids of the elements to which a relation leads, in model order.
        """
    def to_html_fragment(self, /, lang: str) -> str:
        """
        The model as a piece of HTML.
        """
    def to_json(self, /) -> str:
        """
        The model as one document.
        """
    def to_tables(self, /) -> list[tuple[str, Table]]:
        """
        The model as tables, by name: something that speaks Arrow each.
        """
    def warnings(self, /) -> str:
        """
        The warnings of loading, as JSON.
        """
    def warnings_text(self, /) -> str:
        """
        The warnings as they are printed.
        """

@final
class Pack:
    """
    A pack of rules, parsed.
    """
    @property
    def id(self, /) -> str: ...
    @staticmethod
    def load(file: tuple[str, bytes | bytearray], limits_json: str | None) -> Pack: ...
    @property
    def rule_count(self, /) -> int: ...
    @staticmethod
    def shipped(id: str) -> Pack: ...
    def title(self, /) -> str:
        """
        What it is called, as JSON.
        """
    def to_json(self, /) -> str: ...
    @property
    def version(self, /) -> str: ...

@final
class Picture:
    """
    A picture, drawn in all forms.
    """
    @property
    def dot(self, /) -> str: ...
    @staticmethod
    def draw(
        model: Model,
        findings: Report | None,
        at: str | None,
        shown: tuple[
            SupportsGetItem[int, str], SupportsIndex, SupportsGetItem[int, str], SupportsIndex
        ],
        theme: str,
        lang: str,
    ) -> Picture:
        """
        Draws a model, with the findings of a report where one is given.
        """
    @property
    def mermaid(self, /) -> str: ...
    @property
    def svg(self, /) -> str: ...

@final
class Report:
    """
    What a check found.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def counts(self, /) -> str: ...
    def diff(self, /, earlier: Report) -> tuple[str, tuple[str, str], tuple[str, str]]:
        """
        What is different from an earlier report.
        """
    def finding(self, /, position: SupportsIndex) -> str | None:
        """
        A finding as JSON.
        """
    @property
    def finding_count(self, /) -> int: ...
    def finding_to_html(self, /, position: SupportsIndex, lang: str) -> str | None:
        """
        A finding as a piece of HTML.
        """
    def findings(self, /) -> str:
        """
        All findings as JSON.
        """
    @staticmethod
    def from_json(text: str) -> Report: ...
    def has(self, /, at_least: str, verdicts: SupportsGetItem[int, str]) -> bool:
        """
        Whether a finding of the severity or worse has one of the verdicts.
        """
    def knows(self, /, rule: str) -> bool:
        """
        Whether counts or findings name the rule.
        """
    def missing(self, /) -> str: ...
    def positions_of(self, /, rule: str) -> list[int]:
        """
        The positions of the findings of a rule, under its full or its bare id.
        """
    def programmes(self, /) -> str: ...
    def receipt(self, /) -> str: ...
    def since(self, /, baseline: Report) -> Report:
        """
        The report, knowing what is new since a baseline.
        """
    def since_json(self, /) -> str: ...
    def skeleton(self, /) -> str:
        """
        The report without what grows with the model, as JSON: what it takes to show a finding by itself.
        """
    def table(self, /, name: str, lang: str) -> Table:
        """
        A table: `findings`, `missing_facts` or `witnesses`.
        """
    def to_html(self, /, lang: str) -> str: ...
    def to_html_fragment(self, /, lang: str) -> str: ...
    def to_json(self, /) -> str: ...
    def to_markdown(self, /, lang: str) -> str: ...
    def to_sarif(self, /, lang: str, omit_waived: bool) -> str: ...
    def to_text(self, /, lang: str, colour: bool) -> str: ...

@final
class RuleSet:
    """
    Rules that have been checked and can be run.
    """
    def answers(
        self,
        /,
        model: Model,
        asked: tuple[str, str | None, SupportsGetItem[int, str], SupportsGetItem[int, str]],
    ) -> str:
        """
        Every verdict, as JSON.
        """
    def calendar(
        self,
        /,
        model: Model,
        asked: tuple[str, str | None, SupportsGetItem[int, str], SupportsGetItem[int, str]],
        until: str,
    ) -> tuple[str, tuple[str, str], tuple[str, str]]:
        """
        When verdicts will be others.
        """
    def check(
        self,
        /,
        model: Model,
        asked: tuple[str, str | None, SupportsGetItem[int, str], SupportsGetItem[int, str]],
    ) -> Report: ...
    @staticmethod
    def compile(
        metamodel: Metamodel,
        packs: SupportsGetItem[int, Pack],
        settings: Settings,
        limits_json: str | None,
    ) -> RuleSet: ...
    def explain(
        self,
        /,
        model: Model,
        asked: tuple[str, str | None, SupportsGetItem[int, str], SupportsGetItem[int, str]],
        rule: str,
        element: str,
    ) -> tuple[str, tuple[str, str], tuple[str, str]]:
        """
        Why a rule gives its verdict for an element.
        """
    @property
    def metamodel(self, /) -> Metamodel:
        """
        The metamodel with what the settings add.
        """
    def outline(self, /, id: str) -> tuple[str, tuple[str, str], tuple[str, str]]:
        """
        What a rule asks, part by part.
        """
    def rule(self, /, id: str) -> tuple[str, tuple[str, str], tuple[str, str]]:
        """
        A rule as JSON, and as text in both languages.
        """
    def rules(self, /) -> str:
        """
        The rules in the order in which they are asked, as JSON.
        """
    def run_examples(self, /) -> str:
        """
        The rules' own examples, run, as JSON.
        """
    def to_html_fragment(self, /, lang: str) -> str:
        """
        The rules as a piece of HTML.
        """
    def to_text(self, /, lang: str) -> str:
        """
        The rules as text.
        """
    def verdicts(
        self,
        /,
        model: Model,
        asked: tuple[str, str | None, SupportsGetItem[int, str], SupportsGetItem[int, str]],
    ) -> Table:
        """
        Every verdict, as a table.
        """
    def warnings(self, /) -> str:
        """
        The warnings of compiling, as JSON.
        """
    def warnings_text(self, /) -> str:
        """
        The warnings as they are printed.
        """

@final
class Session:
    """
    A model that is edited while its findings are watched.
    """
    def __new__(
        cls,
        /,
        rules: RuleSet,
        model: Model,
        asked: tuple[str, str | None, SupportsGetItem[int, str], SupportsGetItem[int, str]],
        limits_json: str | None,
    ) -> Session: ...
    def apply(self, /, edits: str) -> tuple[str, int]:
        """
        Makes edits, which are a list in JSON.
        """
    def at(self, /) -> str:
        """
        The date of the check as it is now.
        """
    def findings(self, /) -> str:
        """
        The findings as they are now, as JSON.
        """
    def model(self, /) -> Model: ...
    def redo(self, /) -> tuple[str, int] | None: ...
    def replace(self, /, model: Model) -> tuple[str, int]: ...
    def report(self, /) -> Report: ...
    def undo(self, /) -> tuple[str, int] | None: ...
    def what_if(self, /, edits: str) -> tuple[str, int]: ...

@final
class Settings:
    """
    What an organisation changes without touching packs.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def extend(self, /, metamodel: Metamodel) -> Metamodel:
        """
        The metamodel with the extension that the settings hold.
        """
    @property
    def languages(self, /) -> list[str]: ...
    @staticmethod
    def load(file: tuple[str, bytes | bytearray], limits_json: str | None) -> Settings: ...
    @staticmethod
    def none() -> Settings: ...

@final
class Table:
    """
    A table with typed columns, which speaks Arrow.
    """
    def __arrow_c_stream__(self, /, requested_schema: "object" = None) -> "object": ...
    def columns(self, /) -> "dict[str, list[object]]":
        """
        Its columns as lists by name.
        """
    def heads(self, /) -> list[str]:
        """
        The names of its columns, in order.
        """
    @property
    def row_count(self, /) -> int: ...

def default_limits() -> str:
    """
    The limits that hold where none are given, as JSON.
    """

def holds_tables(name: str) -> bool:
    """
    Whether a file holds tables, by the ending of its name.
    """

def run_program(arguments: SupportsGetItem[int, str]) -> int:
    """
    Does what the program does with these arguments, the first of which is its name. Yields the exit status.
    """

def severities() -> list[str]:
    """
    Every severity, from the worst.
    """

def shipped_packs() -> list[str]:
    """
    The ids of the shipped packs.
    """

def verdicts() -> list[str]:
    """
    Every verdict, as reports write it.
    """

def write_template(metamodel: Metamodel, lang: str) -> bytes:
    """
    The empty workbook of a metamodel, as bytes.
    """
