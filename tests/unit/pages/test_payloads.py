"""No name of a run changes what a page is made of."""

import unicodedata

import pytest

from riskengine.pages.page import render_page
from tests.unit.pages.outline import outline
from tests.unit.pages.payloads import PAYLOADS, PLAIN
from tests.unit.pages.runs import run_named, run_of_names


@pytest.fixture(scope="module")
def plain_outline():
    return outline(render_page(run_named("name"), "name"))


def test_there_are_many_payloads():
    assert len(set(PAYLOADS)) > 1900


@pytest.mark.parametrize("payload", PLAIN, ids=ascii)
def test_no_name_changes_the_elements_of_a_page(payload, plain_outline):
    page = render_page(run_named(payload), payload)
    assert outline(page) == plain_outline
    assert {c for c in page if unicodedata.category(c) in ("Cc", "Cf", "Cs")} <= {"\n"}
    page.encode("utf-8")


def test_no_two_thousand_names_change_the_elements_of_pages(plain_outline):
    left = list(PAYLOADS)
    while left:
        run = run_of_names(lambda: left.pop() if left else "name")
        folder = left.pop() if left else "name"
        assert outline(render_page(run, folder)) == plain_outline, (folder, run.tables["gates"].to_pylist())


def test_a_name_that_is_not_escaped_is_seen(plain_outline):
    page = render_page(run_named("name"), "name")
    assert outline(page.replace("<h1>name", "<h1><b>name</b>")) != plain_outline
    assert outline(page.replace("<h1>", '<h1 onclick="x">')) != plain_outline
