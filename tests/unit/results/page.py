"""The tables of `docs/results.md`, written from the registry: ``python -m tests.unit.results.page``."""

from riskengine.results.tables.page import BEGIN, END, tables_page
from tests.support.places import ROOT

PAGE = ROOT / "docs/results.md"


def written_anew(text: str) -> str:
    """The page with every table and column as the registry declares them."""
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    return f"{before}{BEGIN}\n{tables_page()}{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(written_anew(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
