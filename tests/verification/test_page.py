"""The checked-in page is of this engine and leaves no case out."""

from tests.verification.cases import CASES
from tests.verification.evaluate import rows
from tests.verification.page import PAGE, parse, render


def test_the_page_has_a_row_for_every_quantity_of_every_case():
    shown = parse(PAGE.read_text(encoding="utf-8"))
    assert set(shown) == {(case.id, quantity.name) for case in CASES for quantity in case.quantities}


def test_the_page_shows_what_this_engine_computes():
    shown = parse(PAGE.read_text(encoding="utf-8"))
    fresh = parse(render([row for case in CASES for row in rows(case)], []))
    assert shown == fresh


def test_a_missing_row_would_be_noticed():
    text = PAGE.read_text(encoding="utf-8")
    one = next(line for line in text.splitlines() if line.startswith("| W2 | P80 "))
    assert set(parse(text)) - set(parse(text.replace(one + "\n", ""))) == {("W2", "P80")}
