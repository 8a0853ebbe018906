"""The tables of `docs/star-schema.md`, written from the dictionary: ``python -m tests.unit.star.page``."""

from riskengine.star.page import BEGIN, END, tables_page
from tests.support.places import ROOT

PAGE = ROOT / "docs/star-schema.md"


def written_anew(text: str) -> str:
    """The page with every table and column as the dictionary declares them."""
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    return f"{before}{BEGIN}\n{tables_page()}{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(written_anew(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
