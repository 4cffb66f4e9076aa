"""Runs the notebooks beside this file, and makes pages of them in the documentation.

``pages.py`` writes the pages, ``pages.py --check`` fails where a notebook fails or a page differs.
"""

from __future__ import annotations

import difflib
import html
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from pygments.formatters import HtmlFormatter

HERE = Path(__file__).parent
PAGES = HERE.parents[1] / "docs" / "notebooks"

STYLE = """\
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem;
  color: CanvasText; background: Canvas; }
pre, code { font: 14px/1.45 ui-monospace, monospace; }
pre { overflow-x: auto; margin: 0; white-space: pre-wrap; }
.highlight { background: none; }
.prompt, .anchor-link { display: none; }
.input_area { border-left: 3px solid color-mix(in srgb, currentColor 30%, transparent);
  padding: .3rem .8rem; margin: 1rem 0 .5rem; }
.output_subarea { overflow-x: auto; margin: .5rem 0; }
table.dataframe { border-collapse: collapse; }
table.dataframe td, table.dataframe th { padding: .15rem .6rem; text-align: left;
  border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
svg { max-width: 100%; height: auto; }
"""


def page(path: Path) -> str:
    """A notebook, run, as one page."""
    notebook = nbformat.read(path, as_version=4)
    run = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=600, kernel_name="python3", resources=run).execute()
    body, _ = HTMLExporter(template_name="basic").from_notebook_node(notebook)
    title = next(
        line[2:] for line in notebook.cells[0].source.splitlines() if line.startswith("# ")
    )
    light = HtmlFormatter(style="default").get_style_defs(".highlight")
    dark = HtmlFormatter(style="github-dark").get_style_defs(".highlight")
    colours = f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}"
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            f'<head><meta charset="utf-8"><title>{html.escape(title)}</title>',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<style>\n{colours}\n{STYLE}</style></head>",
            f"<body>\n{body.strip()}\n</body>",
            "</html>",
            "",
        ]
    )


def main() -> int:
    """Writes or checks all pages. Yields the exit status."""
    checks = "--check" in sys.argv[1:]
    status = 0
    for path in sorted(HERE.glob("*.ipynb")):
        fresh, target = page(path), PAGES / f"{path.stem}.html"
        written = target.read_text(encoding="utf-8") if target.exists() else ""
        if not checks:
            target.parent.mkdir(exist_ok=True)
            target.write_text(fresh, encoding="utf-8")
        elif fresh != written:
            status = 1
            lines = difflib.unified_diff(written.splitlines(), fresh.splitlines(), lineterm="", n=0)
            print(f"{target} differs; write it anew with `cargo xtask notebooks`:")
            print("\n".join(line[:200] for line, _ in zip(lines, range(20), strict=False)))
    return status


if __name__ == "__main__":
    sys.exit(main())
