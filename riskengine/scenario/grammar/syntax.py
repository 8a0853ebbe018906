"""Parsing TOML and JSON, with limits on depth, and every way of failing turned into a fault."""

import json
import re
import tomllib
from typing import Any, Final

from riskengine.errors.counting import counted
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place

DEEPEST: Final = 64
MOST_TABLES: Final = 100_000
"""Tables of a TOML text, which take 4 kB each while they are read and understood: 400 MB."""
INLINE_FOR_ONE: Final = 3
"""Tables in braces that cost as much as one with a heading: an imported task has several of them."""
MOST_VALUES: Final = 2_000_000
"""Values and keys of a text, which take up to 200 bytes each."""
MOST_POINTS: Final = 400_000
"""Points of a TOML text: each may stand in a dotted key for one more table, of 500 bytes."""
PART: Final = r"(?:[A-Za-z0-9_-]++|\"[^\"\n]*+\"|'[^'\n]*+')"
SAID: Final = (
    r'"""(?:[^"\\]++|\\.|""?(?!"))*+"""'
    r"|'''.*?'''"
    r'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*+'"
    r"|\#[^\n]*+"
)
WORDS: Final = re.compile(SAID, re.DOTALL)
"""Texts and comments."""

# Possessive where it can be: what may give way is kept on a stack, 100 bytes for each character of a string.
WORD: Final = re.compile(
    r'"""(?:[^"\\]++|\\.|""?(?!"))*+"""'
    r"|'''.*?'''"
    rf"|(?P<chain>{PART}(?:[ \t]*\.[ \t]*{PART}){{{DEEPEST}}})"
    r'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*+'"
    r"|\#[^\n]*+"
    r"|[A-Za-z0-9_-]++"
    r"|(?P<open>[\[{])|(?P<close>[\]}])",
    re.DOTALL,
)
NO_BRACKETS: Final = re.compile(r"[^\[\]{}]+")
AT: Final = re.compile(r" \((?:at line (\d+), column (\d+)|at end of document)\)$")
DECLARED: Final = re.compile(r"(?:Cannot declare|Cannot mutate immutable namespace) \((.*)\)")
TWICE: Final = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Cannot redefine", "Duplicate")


def parse_toml(text: str, file: str, faults: Faults) -> dict[str, Any] | None:
    """Return the document of a TOML text, or None after reporting the first thing that breaks its grammar."""
    if too_many(text, file, faults) or (may_be_deep(text) and too_deep(text, file, faults)):
        return None
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        report_toml(str(error), text, file, faults)
        return None
    except RecursionError:
        if not too_deep(text, file, faults):
            faults.add("RE104", (), file=file, line=1)
        return None
    except (ValueError, OverflowError) as error:
        faults.add("RE105", (), rule=f"the file must be valid TOML ({in_short(error)})", file=file, line=1)
        return None
    if nested_too_deep(document, text, file, faults) or too_many_entries(document, file, faults):
        return None
    return document


def report_toml(message: str, text: str, file: str, faults: Faults) -> None:
    """Report what the reader of TOML says, at its line; a key given twice has a code of its own."""
    match = AT.search(message)
    number, column = text.count("\n") + 1, None
    if match is not None:
        message = message[: match.start()]
        if match.group(1):
            number, column = int(match.group(1)), int(match.group(2)) - 1
    if message.startswith(TWICE):
        report_twice(message, text, number, file, faults)
        return
    from riskengine.scenario.grammar.toml_guesses import misplaced_opening, toml_meant
    from riskengine.scenario.text.excerpt import excerpt, line_of

    line = line_of(text, number)
    at = len(line) if column is None else column
    opening = misplaced_opening(message, text, number, line, at)
    if opening is not None:
        number, at, cure = opening
        line = line_of(text, number)
    elif text.startswith("{\\rtf"):
        cure = "this is rich text, as word processors save it; save it as plain text in UTF-8"
    elif text.lstrip()[:1] == "{":
        cure = "this looks like JSON: let the name of the file end in .json"
    else:
        cure = toml_meant(message, line, at)
    words = message.rstrip(".").lower() + (f" at column {at + 1}" if column is not None else "")
    faults.add(
        "RE105",
        (),
        rule=f"the file must be valid TOML ({words})",
        cure=cure,
        file=file,
        line=number,
        excerpt=excerpt(line, at),
    )


def report_twice(message: str, text: str, number: int, file: str, faults: Faults) -> None:
    """Report a key that is given twice, or that is given as a value and as a table, at the line of the second."""
    from riskengine.scenario.grammar.locate import locate_toml
    from riskengine.scenario.text.excerpt import excerpt, line_of

    named = DECLARED.match(message)
    place: Place = tuple(re.findall(r"'((?:[^'\\]|\\.)*)'", named.group(1))) if named else ()
    lines = locate_toml(text)
    place = place or lines.place_at(number)
    first = lines.first.get(place)
    rule = "a key must be given once" + (f" (first at line {first})" if first and first != number else "")
    line_of_key = excerpt(line_of(text, number), None)
    section, cure = str(place[0]) if place else "", ""
    if section in ("tasks", "risks") and re.search(rf"^[ \t]*{section}[ \t]*=[ \t]*[\"']", text, re.MULTILINE):
        cure = f"{section}_file names a file beside tables [{section}.ID]"
    faults.add("RE106", place, rule=rule, file=file, line=number, excerpt=line_of_key, cure=cure)


def parse_json(text: str, file: str, faults: Faults) -> dict[str, Any] | None:
    """Return the document of a JSON text, or None after reporting what is wrong with it."""
    if too_many(text, file, faults):
        return None
    twice = False

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal twice
        table = dict(pairs)
        twice = twice or len(table) != len(pairs)
        return table

    try:
        document = json.loads(text, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        report_json(error, text, file, faults)
        return None
    except RecursionError:
        if not too_deep(text, file, faults):
            faults.add("RE104", (), file=file, line=1)
        return None
    except (ValueError, OverflowError) as error:
        faults.add("RE107", (), rule=f"the file must be valid JSON ({in_short(error)})", file=file, line=1)
        return None
    if twice:
        from riskengine.scenario.grammar.locate_json import locate_json

        again = locate_json(text).again
        whole = {place for place, _ in again}
        for place, line in again:
            if not any(place[:length] in whole for length in range(1, len(place))):
                faults.add("RE106", place, file=file, line=line)
    if not isinstance(document, dict):
        faults.add("RE113", (), document, rule="the file must hold a table {...}", file=file, line=1)
        return None
    if nested_too_deep(document, text, file, faults) or too_many_entries(document, file, faults):
        return None
    return document


def report_json(error: json.JSONDecodeError, text: str, file: str, faults: Faults) -> None:
    """Report what the reader of JSON says, at its line."""
    from riskengine.scenario.grammar.json_guesses import json_meant
    from riskengine.scenario.text.excerpt import excerpt, line_of

    line, at = line_of(text, error.lineno), error.colno - 1
    cure = json_meant(error.msg, line, at)
    if not text.strip():
        cure = "the file is empty"
    elif re.match(r"\s*(?:#|\[?[A-Za-z_-]+[\]. =])", text):
        cure = "this looks like TOML: let the name of the file end in .toml"
    rule = f"the file must be valid JSON ({error.msg.lower()} at column {error.colno})"
    faults.add("RE107", (), rule=rule, cure=cure, file=file, line=error.lineno, excerpt=excerpt(line, at))


def in_short(error: Exception) -> str:
    """Return what a reader says about a value that is grammatical but cannot be held."""
    return "a number has too many digits" if "digits" in str(error) else str(error)


def too_many(text: str, file: str, faults: Faults) -> bool:
    """Report and return whether a text may hold more than can be read in the memory that its size allows.

    Notes
    -----
    Signs are counted and not values, so that nothing is built before it is known to be small. A sign inside a text
    counts, too, but for points, of which the code of a WBS element has many; descriptions would have to hold a million
    of the others.
    """
    is_json = file.casefold().endswith(".json")
    tables = 0 if is_json else text.count("\n[") + text.count("{") // INLINE_FOR_ONE
    values = sum(map(text.count, ",[{:" if is_json else ",[{="))
    points = 0 if is_json else text.count(".")
    if points > MOST_POINTS and values <= MOST_VALUES:  # those in WBS codes and names make no tables
        points -= sum(text.count(".", *words.span()) for words in WORDS.finditer(text))
    if tables <= MOST_TABLES and values <= MOST_VALUES and points <= MOST_POINTS:
        return False
    rule = f"the file must hold at most {MOST_TABLES:,} tables, {MOST_VALUES:,} values and {MOST_POINTS:,} points"
    sizes = f"{counted(tables, 'table')}, {counted(values, 'value')} and {counted(points, 'point')}"
    faults.add("RE103", (), sizes, rule=rule, file=file, line=1)
    return True


def too_many_entries(document: dict[str, Any], file: str, faults: Faults) -> bool:
    """Report and return whether a section holds more entries than can be understood in memory."""
    largest = max((len(value) for value in document.values() if isinstance(value, dict)), default=0)
    if largest <= MOST_TABLES:
        return False
    rule = f"a section must hold at most {MOST_TABLES:,} tasks, risks or other entries"
    faults.add("RE103", (), counted(largest, "entry", "entries"), rule=rule, file=file, line=1)
    return True


def may_be_deep(text: str) -> bool:
    """Return whether dotted keys may nest too deeply, or brackets seem to: what takes a sixth of looking closely.

    Notes
    -----
    Brackets within texts and comments count here, so that those of a text may hide others. Those are seen afterwards,
    in the document or where the reader gives up; dotted keys, of which it would take in too many, are never missed.
    """
    if any(line.count(".") >= DEEPEST for line in text.split("\n")):
        return True
    brackets = NO_BRACKETS.sub("", text)
    for _ in range(DEEPEST):
        if not brackets:
            return False
        brackets = brackets.replace("[]", "").replace("{}", "")
    return True


def too_deep(text: str, file: str, faults: Faults) -> bool:
    """Report and return whether brackets or dotted keys nest too deeply, at the line where they do."""
    depth = 0
    for match in WORD.finditer(text):
        kind = match.lastgroup
        if kind is None:
            continue
        depth += {"open": 1, "close": -1, "chain": DEEPEST + 1}[kind]
        if depth > DEEPEST:
            faults.add("RE104", (), file=file, line=text.count("\n", 0, match.start()) + 1)
            return True
    return False


def nested_too_deep(document: dict[str, Any], text: str, file: str, faults: Faults) -> bool:
    """Report and return whether a document that was read nests too deeply."""
    level: list[Any] = [document]
    for _ in range(DEEPEST + 1):
        level = [
            item
            for container in level
            for item in (container.values() if type(container) is dict else container)
            if type(item) is dict or type(item) is list
        ]
        if not level:
            return False
    if not too_deep(text, file, faults):
        faults.add("RE104", (), file=file, line=1)
    return True
