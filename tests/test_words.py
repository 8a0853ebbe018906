"""One noun, one meaning: the words that docs/semantics.md rules out stand nowhere in code, keys, columns or output.

Every check is a function from a text to the words it finds, so that each is also shown to fail on a bad example.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from riskengine.errors.catalogue import CATALOGUE
from riskengine.model.format import FORMAT
from riskengine.results.tables.registry import TABLES
from tests.support.places import ROOT

PACKAGE = ROOT / "riskengine"

SAY = {
    "task": r"activit(?:y|ies)|jobs?",
    "relationship": r"link(?:s|ed)?|dependenc(?:y|ies)",
    "iteration": r"trials?",
    "data date": r"as[-_ ]of[-_ ]date|asof|as_of",
    "contingency": r"buffers?",
}
"""What is said to what is not. The edge of a bin is none of a network, and no word for a relationship here; what
statistics call a sample is one, in code: the iterations of a run."""
SAY_IN_PRINT = SAY | {"iteration": r"trials?|samples?"}

FOREIGN = {
    "pages/presentation/shapes.py": "settings of python-pptx: number_format_is_linked",
    "importers/register/words.py": "headings of other people's registers",
    "scenario/text/foreign_keys.py": "keys of other formats, to say what is meant",
    "scenario/tables/headings.py": "headings of other people's tables",
    "scenario/document/migrate.py": "names that keys had before",
    "errors/codes/hints.py": "names that keys had before",
    "importers/items/json_text.py": "Jira's own names of its headings",
    "importers/p6/pmxml_names.py": "P6's own names of its tables and fields",
    "importers/p6/pmxml.py": "P6's own names of its tables and fields",
    "importers/p6/user_fields.py": "P6's own names of its tables and fields",
}
"""Files that hold words of others, and whose."""

OWN_NAMES = re.compile(r"activity codes?|Activity IDs?|symbolic links?|its links form a circle")
"""P6's activity codes and Activity IDs; links of a file system."""

IDENTIFIERS = {
    "WITHOUT_LINKS": "links of a file system",
    "Buffer": "bytes in memory, by numpy's name",
    "buffer": "bytes in memory",
    "buffer_text": "an attribute of the parser expat",
}

PARTICIPLES = frozenset(
    {"asked", "exact", "found", "free", "held", "kept", "known", "mine", "own", "said", "shown", "told"}
)
"""Names that need a sentence to be understood: a list that was found is one of what? With a noun they are names, such
as ``known_targets``."""


def spoken(text: str, say: dict[str, str] = SAY) -> list[str]:
    """Words in a text that are not said here."""
    return [word for pattern in say.values() for word in re.findall(rf"(?i)(?<![a-z])(?:{pattern})(?![a-z])", text)]


def identifiers(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every name that a file gives: functions, classes, parameters, variables, attributes, aliases."""
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield line, node.name
        elif isinstance(node, ast.arg):
            yield line, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield line, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield line, node.attr
        elif isinstance(node, ast.alias) and node.asname:
            yield line, node.asname


def bad_identifiers(text: str) -> list[str]:
    """Names of a file's code that hold a word which is not said."""
    found = []
    for line, name in identifiers(ast.parse(text)):
        parts = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).replace("_", " ")
        if name not in IDENTIFIERS and (spoken(parts) or spoken(name)):
            found.append(f"{line}: {name}")
    return found


def nameless(text: str) -> list[str]:
    """Names of a file's code that say what was done to a thing, and not what it is."""
    return [f"{line}: {name}" for line, name in identifiers(ast.parse(text)) if name.strip("_") in PARTICIPLES]


def annotations(tree: ast.Module) -> set[int]:
    """Texts that are types, such as ``"Buffer"``."""
    types = [
        part
        for node in ast.walk(tree)
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if isinstance(part, ast.AST)
    ]
    return {id(part) for one in types for part in ast.walk(one)}


def bad_strings(text: str) -> list[str]:
    """Texts of a file's code, but for docstrings, that hold a word which is not said."""
    tree = ast.parse(text)
    # A bare text, as a docstring is one, is never printed.
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    silent |= annotations(tree)
    return [
        f"{node.lineno}: {node.value[:60]}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent
        if spoken(OWN_NAMES.sub("", node.value))
    ]


def sources() -> list[tuple[str, str]]:
    """Files of the package that hold no words of others: path and text."""
    files = [(path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")]
    assert len(files) > 300 and not FOREIGN.keys() - {name for name, _ in files}
    return sorted((name, text) for name, text in files if name not in FOREIGN)


def test_no_name_in_code_is_a_word_we_do_not_say():
    assert [f"{file}:{name}" for file, text in sources() for name in bad_identifiers(text)] == []


def test_no_name_in_code_is_a_participle_without_a_noun():
    files = [(path, path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))]
    assert len(files) > 300
    assert [f"{path.relative_to(PACKAGE)}:{name}" for path, text in files for name in nameless(text)] == []


@pytest.mark.parametrize(
    "text",
    ["found = 1\n", "def f(known):\n    pass\n", "self.held = 1\n", "def _asked():\n    pass\n", "_own: int = 1\n"],
)
def test_a_participle_without_a_noun_is_found(text):
    assert len(nameless(text)) == 1
    assert nameless("known_targets = held_units = asked_for = 1\n") == []


def test_no_file_is_called_by_a_word_we_do_not_say():
    assert [file for file, _ in sources() if spoken(file.replace("_", " ").replace("/", " "))] == []


def test_no_text_in_code_holds_a_word_we_do_not_say():
    assert [f"{file}:{words}" for file, text in sources() for words in bad_strings(text)] == []


def test_no_key_of_the_format_is_a_word_we_do_not_say():
    keys = [f"{section} {key}" for section, entries in FORMAT.items() for key in entries]
    assert len(keys) > 100
    assert [key for key in keys if spoken(key.replace("_", " "), SAY_IN_PRINT) or spoken(key)] == []


def test_no_column_of_the_results_is_a_word_we_do_not_say():
    columns = [
        f"{table} {column.name}: {column.meaning}"
        for table, kind in TABLES.items()
        for column in kind.columns_for(["target"])
    ]
    assert len(columns) > 50
    assert [column for column in columns if spoken(column.replace("_", " "))] == []


def test_no_message_is_a_word_we_do_not_say():
    texts = [f"{code} {one.title} {one.rule} {one.reason} {one.cure}" for code, one in CATALOGUE.items()]
    assert [
        text for text in texts if spoken(OWN_NAMES.sub("", text).replace("what was as_of is", ""), SAY_IN_PRINT)
    ] == []


BAD_CODE = [
    "activity = 1\n",
    "class LinkReader:\n    pass\n",
    "def number_of_trials():\n    pass\n",
    "def f(as_of):\n    pass\n",
    "import numpy as jobs\n",
    "self.time_buffer = 1\n",
    "dependencies: list[str] = []\n",
]


@pytest.mark.parametrize("text", BAD_CODE)
def test_a_bad_name_is_found(text):
    assert len(bad_identifiers(text)) == 1


@pytest.mark.parametrize(
    "text", ["36 activities", "a link between two tasks", "as_of", "after 1000 trials", "a buffer"]
)
def test_a_bad_text_is_found(text):
    assert len(bad_strings(f"console.message({text!r})\n")) == 1


def test_a_sample_in_print_is_found():
    assert spoken("over 1000 samples", SAY_IN_PRINT) == ["samples"]


@pytest.mark.parametrize(
    "text", ["x = 'an activity code of P6'\n", "'''A link.'''\nx = 1\n", "x = 'linking'\nsample = edge = 1\n"]
)
def test_a_good_text_is_left_alone(text):
    assert bad_identifiers(text) == bad_strings(text) == []
