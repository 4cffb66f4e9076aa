"""Tables in and out, by every library that people have them in."""

from __future__ import annotations

import datetime
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import spelregel as sr

PROGRAMMES: dict[str, list[Any]] = {
    "id": ["klimaat"],
    "naam": ["Klimaat"],
    "fase": ["ontwerpen"],
    "pursues": ["co2; lucht"],
}
GOALS: dict[str, list[Any]] = {
    "id": ["co2", "lucht"],
    "name": ["Minder uitstoot", None],
    "horizon": [datetime.date(2035, 12, 31), None],
}
EXPECTED = sr.Model.load(
    {
        "programmes": [
            {"id": "klimaat", "name": "Klimaat", "phase": "design", "pursues": ["co2", "lucht"]}
        ],
        "goals": [
            {"id": "co2", "name": "Minder uitstoot", "horizon": "2035-12-31"},
            {"id": "lucht"},
        ],
    }
)


def rows(columns: dict[str, list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def relation(columns: dict[str, list[Any]]) -> Any:
    table = pa.table(columns)
    return duckdb.connect().from_arrow(table)


MAKERS: dict[str, Callable[[dict[str, list[Any]]], Any]] = {
    "columns": lambda columns: columns,
    "duckdb": relation,
    "lists": rows,
    "pandas": pd.DataFrame,
    "pandas-categorical": lambda columns: pd.DataFrame(columns).astype({"id": "category"}),
    "polars": pl.DataFrame,
    "polars-lazy": pl.LazyFrame,
    "polars-categorical": lambda c: pl.DataFrame(c).with_columns(pl.col("id").cast(pl.Categorical)),
    "pyarrow": pa.table,
    "pyarrow-batch": lambda columns: pa.RecordBatch.from_pydict(columns),
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_whoever_holds_the_tables(make: Callable[[dict[str, list[Any]]], Any]) -> None:
    model = sr.Model.from_tables({"Programma's": make(PROGRAMMES), "doelen": make(GOALS)})
    assert model.to_dict() == EXPECTED.to_dict()


def test_data_classes_are_rows() -> None:
    @dataclass
    class Goal:
        id: str
        name: str

    model = sr.Model.from_tables(goals=[Goal("co2", "Minder uitstoot")])
    assert model["co2"].name == "Minder uitstoot"


def test_lists_and_moments_in_cells() -> None:
    programmes = pl.DataFrame({"id": ["klimaat"], "pursues": [["co2", "lucht"]]})
    goals = pl.DataFrame(
        {"id": ["co2", "lucht"], "horizon": [datetime.datetime(2035, 12, 31, 12), None]}
    )
    model = sr.Model.from_tables(programmes=programmes, goals=goals)
    assert model.related("klimaat", "pursues") == ("co2", "lucht")
    assert model["co2"]["horizon"] == "2035-12-31"
    berlin = pa.table(
        {
            "id": ["co2"],
            "horizon": pa.array(
                [datetime.datetime(2035, 12, 30, 23, tzinfo=datetime.UTC)],
                pa.timestamp("us", "Europe/Berlin"),
            ),
        }
    )
    assert sr.Model.from_tables(goals=berlin)["co2"]["horizon"] == "2035-12-31"


def test_a_pair_of_elements_and_relations() -> None:
    model = sr.Model.from_tables(
        elements=pl.DataFrame({"kind": ["Programme", "Goal"], "id": ["p", "g"]}),
        relations=pl.DataFrame({"relation": ["pursues"], "from": ["p"], "to": ["g"]}),
    )
    assert model.related("g", "pursued_by") == ("p",)


def test_check_takes_tables(rules: sr.RuleSet) -> None:
    report = sr.check({"goals": pl.DataFrame(GOALS)}, rules=rules, at="2026-06-01")
    (finding, *_) = report["goal-owned"]
    assert finding.position == sr.FilePosition("goals", 0, 1, "goals")


def test_problems_name_table_row_and_column() -> None:
    with pytest.raises(sr.LoadError) as raised:
        sr.Model.from_tables(goals=pl.DataFrame({"id": ["co2", "lucht"], "horizon": ["x", None]}))
    (problem,) = raised.value.diagnostics
    assert (problem.table, problem.line, problem.field) == ("goals", 0, "horizon")
    assert "column `horizon`" in str(raised.value)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"goals": 3}, "no table"),
        ({"goals": [3]}, "no row"),
        ({"goals": [{"id": object()}]}, "a cell can't hold a value of type object"),
        ({"goals": pa.table({"id": [{"a": 1}]})}, "can't hold values of type"),
        ({"goals": [{"id": 2**80}]}, "64 bits"),
    ],
)
def test_what_is_no_table(wrong: dict[str, Any], error: str) -> None:
    with pytest.raises(TypeError, match=error):
        sr.Model.from_tables(wrong)


def test_documents_and_tables_do_not_mix() -> None:
    with pytest.raises(TypeError):
        sr.Model.load({"goals": pl.DataFrame(GOALS)}, text="spelregel: 1")


def test_a_workbook_from_template_to_model(tmp_path: Path) -> None:
    path = tmp_path / "programma.xlsx"
    sr.template(path, lang="nl")
    book = openpyxl.load_workbook(path)
    heads = {cell.value: cell.column for cell in book["Programma's"][1]}
    assert book["Programma's"].data_validations.count > 0
    assert "Uitleg" in book.sheetnames
    for head, value in {"id": "klimaat", "naam": "Klimaat", "fase": "ontwerpen"}.items():
        book["Programma's"].cell(2, heads[head]).value = value
    goals = book["Doelen"]
    heads = {cell.value: cell.column for cell in goals[1]}
    goals.cell(2, heads["id"]).value = "co2"
    goals.cell(2, heads["horizon"]).value = datetime.date(2035, 12, 31)
    book.save(path)
    model = sr.Model.load(path)
    assert model["klimaat"]["phase"] == "design"
    assert model["co2"]["horizon"] == "2035-12-31"
    report = sr.check(path, rules=["slim-invoeren"], at="2026-06-01")
    assert report.model == model
    places = {str(finding.position) for finding in report}
    assert f"{path}, Programma's, row 2" in places


def test_problems_in_a_workbook_name_sheet_row_and_column(tmp_path: Path) -> None:
    path = tmp_path / "programma.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Doelen"
    for row in (["id", "horizon"], ["co2", "2035-12-31"], ["lucht", "ooit"]):
        sheet.append(row)
    book.save(path)
    with pytest.raises(sr.LoadError) as raised:
        sr.Model.load(path)
    (problem,) = raised.value.diagnostics
    assert (problem.table, problem.line, problem.field) == ("Doelen", 3, "horizon")


def test_what_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "programma.xlsx"
    path.write_bytes(b"goals: []")
    with pytest.raises(sr.LoadError) as raised:
        sr.Model.load(path)
    assert [problem.code for problem in raised.value.diagnostics] == ["wrong-document"]


def test_a_workbook_beyond_the_limits(tmp_path: Path) -> None:
    path = tmp_path / "programma.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Doelen"
    sheet.append(["id"])
    # Two cells in a sheet that says it has a million rows.
    sheet.cell(1_000_000, 1).value = "co2"
    book.save(path)
    with pytest.raises(sr.LimitError):
        sr.Model.load(path, limits=sr.Limits(document_nodes=1_000))
    with pytest.raises(sr.LimitError):
        sr.Model.load(path, limits=sr.Limits(source_bytes=1_000))


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_files_with_separated_values(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "doelen.csv"
    lines = [["id", "naam", "horizon"], ["co2", '"Minder; of, geen"', "31-12-2035"]]
    path.write_text("\n".join(separator.join(line) for line in lines), encoding="utf-8-sig")
    model = sr.Model.load(path)
    assert model["co2"].name == "Minder; of, geen"
    assert model["co2"]["horizon"] == "2035-12-31"


@pytest.fixture
def report(model: sr.Model, rules: sr.RuleSet) -> sr.Report:
    return rules.check(model, at="2026-06-01")


def test_reports_speak_arrow(report: sr.Report) -> None:
    rules = [finding.rule for finding in report]
    assert pl.DataFrame(report)["rule"].to_list() == rules
    assert pa.table(report)["rule"].to_pylist() == rules
    found = duckdb.connect().sql("select rule from report").fetchall()
    assert [rule for (rule,) in found] == rules


TABLES = ["findings", "verdicts", "missing_facts", "witnesses"]


@pytest.mark.parametrize("name", TABLES)
def test_every_library_sees_the_same(report: sr.Report, name: str) -> None:
    table = report.table(name)
    plain = table.to_dict()
    assert tuple(plain) == table.columns
    assert report.to_polars(name).to_dict(as_series=False) == plain
    assert report.to_arrow(name).to_pydict() == plain
    assert list(report.to_pandas(name).columns) == list(plain)
    assert len(report.to_pandas(name)) == len(table) == len(list(table))
    assert pickle.loads(pickle.dumps(table)) == table


def test_verdicts_are_all_answers(report: sr.Report, model: sr.Model, rules: sr.RuleSet) -> None:
    answers = rules.answers(model, at="2026-06-01")
    assert [(row["rule"], row["element"], row["verdict"]) for row in report.table("verdicts")] == [
        (answer.rule, answer.element, answer.verdict) for answer in answers
    ]
    read = sr.Report.from_json(report.to_json())
    with pytest.raises(sr.OptionsError):
        read.table("verdicts")
    with pytest.raises(sr.OptionsError):
        report.table("nothing")


def test_a_model_as_tables_and_back(model: sr.Model) -> None:
    tables = model.to_tables()
    for held in (
        tables,
        {name: table.to_polars() for name, table in tables.items()},
        {name: table.to_dict() for name, table in tables.items()},
    ):
        assert sr.Model.from_tables(held) == model


def test_nothing_is_imported_that_need_not_be_there() -> None:
    code = (
        "import sys, spelregel as sr;"
        "report = sr.check(text='goals: [{id: a}]');"
        "report._repr_html_(); report.table().to_dict();"
        "assert not {'pandas', 'polars', 'pyarrow', 'numpy', 'networkx'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
