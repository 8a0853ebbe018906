"""Codes of pages that are made from results."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

PAGES: Mapping[str, Entry] = MappingProxyType(
    {
        "RE941": Entry(
            title="unknown kind of report",
            rule="a report must end in .html, .md, .pdf or .pptx, and one of two plans in one of the first three",
            reason="The ending says what is written.",
            example="riskengine report results/plan -o plan.doc",
            cure="Name the file with one of these endings.",
        ),
        "RE942": Entry(
            title="file is not ours to replace",
            rule="an existing file must be one that riskengine wrote to be replaced",
            reason="Anything else in it would be lost.",
            example="riskengine report results/plan -o my-own-page.html",
            cure="Choose another name, or say --force.",
        ),
        "RE943": Entry(
            title="unknown language",
            rule="the language must be one that pages can be written in",
            reason="The words of a page come from a file of that name.",
            example="riskengine report results/plan -o plan.html --language klingon",
            cure="riskengine report --help names the languages.",
        ),
        "RE944": Entry(
            title="nothing here prints a PDF",
            rule="a PDF needs a Chromium on PATH, or WeasyPrint",
            reason="Setting a page on paper is what browsers do; not every machine has one.",
            example="riskengine report results/plan -o plan.pdf   # without Chromium and WeasyPrint",
            cure="Install Chromium, or run pip install '.[report]' in riskengine's own folder.",
        ),
        "RE945": Entry(
            title="page could not be printed",
            rule="the program that prints the page must finish it in time",
            reason="It was not there to be started, took more than two minutes, or wrote no PDF; nothing was written.",
            example="riskengine report results/plan -o plan.pdf   # with a Chromium that does not start",
            cure="Print the page (.html) from a browser, or run pip install '.[report]' in riskengine's own folder.",
        ),
        "RE946": Entry(
            title="library of slides missing",
            rule="the library that writes slides must be installed",
            reason="Not everybody shows slides, so it comes on request.",
            example="riskengine report results/plan -o plan.pptx   # without python-pptx",
            cure="Run pip install '.[report]' in riskengine's own folder.",
        ),
        "RE947": Entry(
            title="brief of another kind",
            rule="--brief must go into a .pdf, from the results of one run",
            reason="It is a sheet of paper; the page, the memo and the slides are forms of their own.",
            example="riskengine report results/plan -o plan.html --brief",
            cure="Name a file that ends in .pdf, or leave out --brief.",
        ),
        "RE948": Entry(
            title="report without a place for a history",
            rule="--history must go with a .html or a .pdf, from the results of one run",
            reason="The memo, the slides, the brief and the page of a batch have no room for it.",
            example="riskengine report results/plan -o plan.md --history history.duckdb",
            cure="Name a file that ends in .html or .pdf, or write a page of the history: riskengine history --page.",
        ),
    }
)
