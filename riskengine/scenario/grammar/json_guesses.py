"""What was meant by a line that breaks the grammar of JSON."""

import re

from riskengine.scenario.grammar.number_guesses import number_meant
from riskengine.scenario.grammar.toml_guesses import LONGEST, curly_quotes, invisible_sign


def json_meant(message: str, line: str, at: int) -> str:
    """Return a guess at what was meant, as a sentence to follow the fault, or nothing.

    Parameters
    ----------
    message : str
        What the reader of JSON says.
    line : str
        The line that it stopped in.
    at : int
        The character that it stopped at, from 0.
    """
    if len(line) > LONGEST:
        return ""
    sign, rest = line[at : at + 1], line[at:]
    is_open = message.startswith(("Unterminated", "Invalid control"))
    if meant := invisible_sign(sign) or curly_quotes(line, sign, is_open):
        return meant
    if message.startswith("Expecting") and rest.startswith(("//", "/*", "#")):
        return "JSON has no comments"
    if message.startswith("Expecting") and sign == "'":
        return "JSON puts text and keys in double quotes"
    if sign and sign in "]}" and message.startswith(("Expecting property name", "Expecting value", "Illegal trailing")):
        return f"there is no comma before {sign}"
    if message.startswith("Expecting ':'") and sign == "=":
        return "use : in place of ="
    if message.startswith("Extra data"):
        return "the document ends before this: a bracket too many, or two documents in one file"
    if is_open:
        return 'the text is not closed: " is missing at its end'
    if meant := number_meant(line, at):
        return meant
    if message.startswith("Expecting ','"):
        return "a comma is missing before this"
    if message.startswith("Expecting property name") and re.match(r"[^\W\d]", rest):
        return "keys need double quotes"
    return "text needs double quotes" if message.startswith("Expecting value") and re.match(r"[^\W\d]", rest) else ""
