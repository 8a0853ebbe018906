"""What was meant by a line that breaks the grammar of TOML."""

import re
import unicodedata
from typing import Final

from riskengine.model.format import SECTIONS
from riskengine.scenario.grammar.number_guesses import number_meant

CURLY: Final = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u2033\u2032\u0060\u00b4"
BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
HEADER: Final = re.compile(r"\s*(\[\[?)([^\[\]#]*)(\]*)(.*)")
STATEMENT: Final = re.compile(r"\s*(?:[A-Za-z0-9_\"'.-]+\s*=|\[\[?[A-Za-z0-9_\"'. -]+\]\s*$)")
NOT_CLOSED: Final = (
    "Unterminated",
    "Illegal character",
    "Expected \"'",
    "Expected '\"",
)
BYTE_ORDER: Final = "\ufeff"
LONGEST: Final = 2_000
"""Characters of a line beyond which nothing is guessed."""

OPENING: Final = re.compile(
    r'"""(?:[^"\\]++|\\.|""?(?!"))*+"""|\'\'\'.*?\'\'\'|(?P<block>"""|\'\'\')|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*+'|#[^\n]*+"
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<string>[\"'])",
    re.DOTALL,
)


def unclosed(text: str, end: int) -> tuple[str, int] | None:
    """Return the first bracket or quotation mark before a place that is still open there, and where it stands."""
    stack: list[tuple[str, int]] = []
    for match in OPENING.finditer(text, 0, end):
        if match["open"]:
            stack.append((match["open"], match.start()))
        elif match["close"] and stack:
            stack.pop()
        elif mark := match["block"] or match["string"]:
            return stack[0] if stack else (mark, match.start())
    return stack[0] if stack else None


def misplaced_opening(message: str, text: str, number: int, line: str, at: int) -> tuple[int, int, str] | None:
    """Return line, character and cure of what was opened on an earlier line and is not closed, if that is it.

    Parameters
    ----------
    message : str
        What the reader of TOML says.
    text : str
        The whole file.
    number : int
        The line that it stopped in, from 1.
    line : str
        That line.
    at : int
        The character that it stopped at, from 0.
    """
    is_string = message.startswith(NOT_CLOSED)
    is_in_list = message.startswith(("Unclosed", "Invalid value"))
    if not is_string and not (is_in_list and (STATEMENT.match(line) or not line.strip())):
        return None
    end = 0
    for _ in range(number - 1):
        end = text.index("\n", end) + 1
    opening = unclosed(text, end + at)
    if opening is None:
        return None
    mark, place = opening
    opened = text.count("\n", 0, place) + 1
    if opened == number:
        return None
    what = {"[": "list", "{": "inline table"}.get(mark, "text")
    closing = {"[": "]", "{": "}"}.get(mark, mark)
    begin = text.rfind("\n", 0, place) + 1
    return opened, place - begin, f"the {what} that begins here is not closed: {closing} is missing"


def toml_meant(message: str, line: str, at: int) -> str:
    """Return a guess at what was meant, as a sentence to follow the fault, or nothing.

    Parameters
    ----------
    message : str
        What the reader of TOML says.
    line : str
        The line that it stopped in.
    at : int
        The character that it stopped at, from 0.
    """
    if len(line) > LONGEST:
        return ""
    sign = line[at : at + 1]
    for guess in (
        invisible_sign(sign),
        curly_quotes(line, sign, message.startswith(NOT_CLOSED)),
        _other_format(line, at),
        _comment(line, at),
        _header(message, line, at),
        _string(message, line, at),
        _key(message, line, at),
        number_meant(line, at),
        _list(message, line, at),
        _value(message, line, at),
    ):
        if guess:
            return guess
    return ""


def invisible_sign(sign: str) -> str:
    """Return what to do about a character that cannot be seen where nothing but a space or a line feed may stand."""
    if sign and sign not in " \t\r\n" and unicodedata.category(sign) in ("Zs", "Zl", "Zp", "Cf", "Cc"):
        name = "a mark of byte order" if sign == BYTE_ORDER else "a sign that cannot be seen"
        return f"there is {name} here (U+{ord(sign):04X}): take it out, or type a plain space"
    return "end lines with a line feed, not with a carriage return alone" if sign == "\r" else ""


def curly_quotes(line: str, sign: str, is_open: bool) -> str:
    """Return what to do about typographic quotation marks, at the place or in a line whose text is not closed."""
    curly = sign if sign and sign in CURLY else next((one for one in line if one in CURLY), "") if is_open else ""
    return f'these are not the quotation marks of the keyboard: write " in place of {curly}' if curly else ""


def _other_format(line: str, at: int) -> str:
    """Return what to do where a line is no TOML at all: a mark of a merge, or another format."""
    if line.rstrip() == "---":
        return "this looks like YAML: a scenario is TOML, or JSON"
    if at:
        return ""
    if line.startswith(("<<<<<<<", ">>>>>>>", "=======", "|||||||")):
        return "two versions were merged and a conflict is left: keep the lines of one and take out the marks"
    if line.startswith("{"):
        return "this looks like JSON: a scenario in JSON has a name that ends in .json"
    return "this looks like XML: riskengine import reads schedules of other tools" if line.startswith("<") else ""


def _comment(line: str, at: int) -> str:
    if re.match(r"//|--|/\*", line[at:]) or (not line[:at].strip() and line[at : at + 1] in tuple("%;")):
        return "a comment begins with #"
    if line[at:].strip() == ";":
        return "a line ends without a semicolon"
    return "a line ends without a comma" if line[at:].strip() == "," else ""


def _header(message: str, line: str, at: int) -> str:
    match = HEADER.match(line)
    if match is None or at < match.end(1):
        return ""
    begin, inside, closing, rest = match.groups()
    if "=" in inside:
        return ""
    if not closing and message.startswith("Expected ']'"):
        inside = inside.rstrip()
    elif len(closing) > len(begin):
        return f"there is one ] too many: {begin}{inside}{closing[: len(begin)]}"
    elif rest.strip() and "=" in rest:
        return "a key stands on a line of its own, below the head of its table"
    quoted = quoted_path(inside)
    if "/" in inside and inside.strip().startswith(tuple(f"{section}." for section in SECTIONS)):
        named = quoted_path(inside.replace("/", "-"))
        return f"an id stands without a slash: {begin}{named}{']' * len(begin)}"
    if quoted != inside and BARE.fullmatch(inside.replace(".", "")) is None:
        return f"an id with spaces or other signs needs quotes: {begin}{quoted}{']' * len(begin)}"
    return f"the bracket is not closed: {begin}{inside}{']' * len(begin)}" if not closing else ""


def quoted_path(inside: str) -> str:
    """Return the path in the head of a table, its id in quotes where it needs them."""
    section, dot, rest = inside.strip().partition(".")
    if not dot or section not in SECTIONS:
        parts = [part if _is_fine(part) else f'"{part}"' for part in inside.strip().split(".")]
        return ".".join(parts)
    ids = re.split(r"(\.(?:impacts|cost|duration|exceptions)(?:\.|$))", rest)
    return f"{section}." + "".join(
        part if at % 2 or not part or _is_fine(part) else f'"{part.strip(chr(34))}"' for at, part in enumerate(ids)
    )


def _is_fine(part: str) -> bool:
    is_quoted = len(part) > 1 and part[0] == part[-1] and part[0] in "\"'"
    return bool(BARE.fullmatch(part)) or is_quoted


def _string(message: str, line: str, at: int) -> str:
    if message.startswith(("Unescaped", "Invalid hex value", "Escaped character")):
        return "a backslash stands twice in double quotes, or once in single ones: 'C:\\\\plans'".replace("\\\\", "\\")
    if message.startswith(NOT_CLOSED):
        mark = '"' if line.count('"') % 2 else "'" if line.count("'") % 2 else '"'
        return f"the text is not closed: {mark} is missing at its end"
    before = line[:at].rstrip()
    if message.startswith("Expected newline") and before.endswith(("'", '"')) and re.match(r"\s*\w", line[at:]):
        other = '"' if before.endswith("'") else "'"
        return f"a quotation mark within the text ends it: put {other} around the text"
    return ""


def _key(message: str, line: str, at: int) -> str:
    if re.match(r"\s*- ", line):
        return "this is YAML; in TOML a task is a table: [tasks.ID]"
    if re.match(r"\s*:(?!\d)", line[at:]):
        key, _, value = line.partition(":")
        return f"use = in place of the colon: {key.strip()} = {value.strip()}"
    if re.search(r"(==|=>|:=|=\s*=)", line[max(0, at - 2) : at + 2]):
        return "a key and its value are joined by one ="
    if message.startswith("Invalid statement") and line.lstrip().startswith("="):
        return "the key is missing before the ="
    if not message.startswith("Expected '='"):
        return ""
    key, equals, value = line.partition("=")
    if line.rstrip().endswith("]") and not equals and "[" not in line:
        return f"the head of a table begins with a bracket: [{line.strip()}"
    if equals and re.search(r"\S\s+\S|[^\x00-\x7f]", key.strip()) and "{" not in key and "[" not in key:
        return f"a key with spaces or other signs needs quotes: {quoted_path(key)} = {value.strip()}"
    words = line.split(None, 1)
    if not equals and len(words) == 2:
        return f"a key and its value are joined by =: {words[0]} = {words[1].strip()}"
    return "" if equals else "a key needs = and a value"


def _list(message: str, line: str, at: int) -> str:
    if message.startswith(("Unclosed array", "Unclosed inline table")):
        what, mark = ("list", "]") if "array" in message else ("inline table", "}")
        if line[at:].lstrip().startswith(";"):
            return "the values of a list are separated by commas"
        if not line[at:].strip():
            return f"the {what} is not closed: {mark} is missing" + ("" if mark == "]" else " on this line")
        return f"a comma is missing here, or {mark} before it"
    if message.startswith("Invalid initial character for a key part") and not line[at:].strip():
        return "an inline table stands on one line, or is a table of its own with a head in brackets"
    if line[at:].startswith("}") and line[:at].rstrip().endswith(","):
        return "an inline table has no comma before its }"
    if line[at:].startswith("("):
        return "a list stands in square brackets"
    return ""


def _value(message: str, line: str, at: int) -> str:
    if not message.startswith("Invalid value"):
        return ""
    rest = line[at:].split(" #")[0]
    if not rest.strip() or rest.startswith("#"):
        return "a value is missing after the ="
    if re.match(r"[^\W\d]", rest):
        is_listed = "=" not in line[:at] or re.search(r"=\s*[\[{]", line[:at])
        word = re.split(r"[,\]}]" if is_listed else r"$", rest)[0].strip().strip("\"'")
        return f'text needs quotes: "{word}"'
    return ""
