"""The documents that make claims about the code are held against it."""

import ast
import re
import tomllib
from importlib.metadata import metadata

import pytest

from tests.support.places import ROOT
from tests.test_architecture import DOORS

REFERENCE = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)(?:#[\w-]+)?\)")


def distributions(requirements: list[str]) -> set[str]:
    """Names of the packages that requirement strings ask for."""
    return {re.match(r"[A-Za-z0-9_.-]+", line).group() for line in requirements}  # type: ignore[union-attr]


def missing_tests(text: str) -> list[str]:
    """Tests that a document names and that do not exist."""
    missing = []
    for file, name in REFERENCE.findall(text):
        path = ROOT / file
        tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.Module([], [])
        if name not in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}:
            missing.append(f"{file}::{name}")
    return missing


def rules_without_test(text: str) -> list[str]:
    """First words of the numbered rules of a document that name no test."""
    rules = re.split(r"^(?=\*\*\d+\.\d+ )", text, flags=re.MULTILINE)[1:]
    return [rule.splitlines()[0][:60] for rule in rules if not REFERENCE.search(rule)]


def test_every_dependency_is_explained():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = distributions(project["project"]["dependencies"])
    for extra in project["project"]["optional-dependencies"].values():
        wanted |= distributions(extra)
    wanted |= distributions(project["build-system"]["requires"])
    text = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    assert {name for name in wanted if not re.search(rf"\b{re.escape(name)}\b", text)} == set()


def test_every_test_that_the_semantics_name_exists():
    text = (ROOT / "docs/semantics.md").read_text(encoding="utf-8")
    assert len(REFERENCE.findall(text)) > 20
    assert missing_tests(text) == []


def test_every_statement_about_security_names_a_test_that_exists():
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    statements = re.findall(r"^\| (?!statement|-)(.+?) \| (.+?) \|$", text, re.MULTILINE)
    assert len(statements) >= 15
    assert [statement for statement, test in statements if not REFERENCE.fullmatch(test)] == []
    assert missing_tests(text) == []


def licences_of(text: str) -> dict[str, str]:
    """The licence of each library by the table of a document."""
    return dict(re.findall(r"^\| (?!library)([\w-]+) \| ([^|]+?) \|$", text.partition("## Licences")[2], re.MULTILINE))


def families(licence: str) -> set[str]:
    """Which of the well-known licences a text names."""
    return set(re.findall(r"LGPL|AGPL|GPL|Apache|BSD|MIT", licence))


def test_licences_are_those_that_the_libraries_state():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = distributions(project["dependencies"]).union(*(distributions(extras[e]) for e in extras if e != "dev"))
    licences = licences_of((ROOT / "docs/dependencies.md").read_text(encoding="utf-8"))
    assert set(licences) == wanted
    wrong = {}
    for name, licence in licences.items():
        about = metadata(name)
        classifiers = [each for each in about.get_all("Classifier") or () if each.startswith("License")]
        word = (about["License"] or "").partition("\n")[0]  # some put the whole text there, that of bundled files too
        stated = families(" ".join([about["License-Expression"] or "", word, *classifiers]))
        if not families(licence) <= stated or {each for each in stated - families(licence) if "GPL" in each}:
            wrong[name] = licence, stated
    assert wrong == {}


def test_every_rule_of_the_semantics_names_its_test():
    assert rules_without_test((ROOT / "docs/semantics.md").read_text(encoding="utf-8")) == []


def test_a_rule_with_a_missing_test_is_found():
    text = "**1.1 One.** Held by `tests/test_documents.py::test_nothing_of_the_kind`.\n\n**1.2 Two.** Held by hope.\n"
    assert missing_tests(text) == ["tests/test_documents.py::test_nothing_of_the_kind"]
    assert rules_without_test(text) == ["**1.2 Two.** Held by hope."]


DOCUMENTS = sorted(path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_inside_the_documents_leads_somewhere(name):
    path = ROOT / name
    dead = [target for target in LINK.findall(path.read_text(encoding="utf-8")) if not (path.parent / target).exists()]
    assert dead == []


def doors_on_paper(text: str) -> dict[str, set[str]]:
    """The table of rooms and what each may import, as a document prints it."""
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", text, flags=re.MULTILINE)
    return {room: set(re.split(r",\s*|\s+and\s+", re.sub(r"\([^)]*\)|`", "", doors).strip())) for room, doors in rows}


def test_the_doors_on_paper_are_the_doors_in_the_test():
    shown = doors_on_paper((ROOT / "docs/architecture.md").read_text(encoding="utf-8"))
    shown = {room: {name.strip() for name in names} - {"nothing"} for room, names in shown.items()}
    assert shown == {room: names - {""} for room, names in DOORS.items() if room}


NAMED_PATH = re.compile(r"`((?:riskengine|tests|docs|scenarios|benchmarks)/[\w./-]+)`")
PLACEHOLDER = re.compile(r"/[A-Z]{2,}")
"""What a page has the reader fill in: `riskengine/importers/TOOL`."""


def missing_paths(text: str) -> list[str]:
    """Files and folders that a page names and that are not there."""
    paths = [path for path in NAMED_PATH.findall(text) if not PLACEHOLDER.search(path)]
    return [path for path in paths if not (ROOT / path).exists()]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_that_a_page_names_is_there(name):
    assert missing_paths((ROOT / name).read_text(encoding="utf-8")) == []


def test_a_file_that_is_not_there_is_found():
    assert missing_paths("`tests/nowhere.py`, `riskengine/importers/TOOL/read.py`, `docs`") == ["tests/nowhere.py"]


def test_the_pages_on_how_to_add_something_are_all_listed():
    pages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs/how-to").glob("*.md")}
    assert len(pages) >= 7
    assert pages - set(LINK.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))) == set()
