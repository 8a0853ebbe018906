"""Codes of pages that are made from results."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

PAGES: Mapping[str, Entry] = MappingProxyType(
    {
        "RE941": Entry(
            title="unknown kind of report",
            rule="a report must end in .html or .md",
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
    }
)
