"""Looks every number of every sentence up in its table and reads it back, sharing no code with the writer.

It works on the JSON form alone, as any other reader of it would.
"""

import re
from datetime import date, datetime, timedelta
from typing import Any

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TENTH = 0.02
"""How far a share may be from the tenth it is said as."""


def sentences(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Every sentence of an explanation, what to do next among them."""
    return [one for chapter in document["chapters"] for one in (*chapter["sentences"], *chapter["steps"])]


def faults(document: dict[str, Any], run: Any) -> list[str]:
    """What is wrong with the numbers of an explanation: one text for each fault, none where all is right."""
    found_faults = []
    for sentence in sentences(document):
        left = digits_left(sentence)
        if left:
            found_faults.append(f"{sentence['text']!r} has {left!r}, which is tied to no table")
        for number in sentence["numbers"]:
            fault = fault_of(number, run, document["language"])
            if fault:
                found_faults.append(f"{sentence['text']!r}: {number['text']!r} {fault}")
    return found_faults


def digits_left(sentence: dict[str, Any]) -> str:
    """Digits of a sentence that are in no number and no name of it."""
    text = list(sentence["text"])
    for part in (*sentence["numbers"], *sentence["names"]):
        whole = part["text"] + (f" ({part['interval']})" if part.get("interval") else "")
        start, end = part["start"], part["start"] + len(whole)
        assert sentence["text"][start:end] == whole
        text[start:end] = " " * len(whole)
    return "".join(re.findall(r"\d+", "".join(text)))


def fault_of(number: dict[str, Any], run: Any, language: str) -> str:
    """What is wrong with a number; nothing where its table has it."""
    stored = stored_value(number, run)
    if stored != number["value"]:
        return f"is {number['value']!r} in JSON and {stored!r} in the table"
    for column, value in number["ends"].items():
        if stored_value({**number, "column": column}, run) != value:
            return f"has another {column}"
    if language == "en" and not is_written(number):
        return f"is not {number['value']!r}"
    return ""


def stored_value(number: dict[str, Any], run: Any) -> Any:
    """The value that the table has."""
    if number["table"] == "manifest":
        name, _, part = number["column"].partition(".")
        return run.manifest[name][part] if part else run.manifest[name]
    rows = run.tables[number["table"]].to_pylist()
    matching = [row for row in rows if all(plain(row[key]) == value for key, value in number["row"].items())]
    if number["column"] == "*":
        return len(matching)
    assert len(matching) == 1, (number["table"], number["row"])
    return plain(matching[0][number["column"]])


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return None if isinstance(value, float) and value != value else value


def is_written(number: dict[str, Any]) -> bool:
    """Whether the text of a number says its value, as exactly as its form promises, and its interval holds the ends."""
    text, value = number["text"], number["value"]
    if number["form"] == "beginning":
        return bool(text == day_of(value, is_end=False))
    if number["form"] in ("date", "moment"):
        return text.split(" 0")[0].split(":")[0].startswith(day_of(value)) and is_span(number)
    if number["form"] in ("share", "percent", "wish", "percentile", "level"):
        share = value / 100 if number["form"] == "percentile" else value
        return is_share(text, share, number["form"]) and is_inside(number, 100, 1)
    if number["form"] == "count":
        return int(text.replace(",", "")) == value
    if number["form"] == "text":
        return str(text) == str(value)
    said = amount(text)
    if number["form"] == "amount":
        return abs(said - value) <= bearable(number) and is_inside(number, 1, 1)
    return abs(said - abs(value)) <= bearable(number) and is_inside(number, 1, -1 if value < 0 else 1)


def bearable(number: dict[str, Any]) -> float:
    """How far an amount may be from its value: half its interval, and what the house rounds to."""
    ends = [end for end in number["ends"].values() if end is not None]
    rounding = {"days": 0.05, "money": 0.5, "amount": 0.5, "limit": 0.0}[number["form"]] + 1e-9
    if number["interval"] or len(ends) < 2:
        return rounding
    return max(rounding, (max(ends) - min(ends)) / 2)


def is_share(text: str, share: float, form: str) -> bool:
    """Whether a share is what its text says."""
    counted = re.fullmatch(r"([\d,]+) of ([\d,]+) futures", text)
    if counted:
        part, whole = (int(number.replace(",", "")) for number in counted.groups())
        if form in ("wish", "percentile"):
            return abs(part / whole - share) < 1e-12
        return 0 < part < whole and abs(part / whole - share) <= (TENTH if whole == 10 else 0.5 / whole) + 1e-12
    if "%" in text:
        said = float(text.partition("%")[0].lstrip("<>")) / 100
        return abs(said - share) <= 0.0005 + 1e-12
    return {"none of the simulated futures": 0.0, "all simulated futures": 1.0}[text] == share


def is_inside(number: dict[str, Any], scale: float, sign: int) -> bool:
    """Whether the interval that is written holds that of the table, and is hardly wider."""
    if not number["interval"]:
        return True
    ends = sorted(sign * scale * end for end in number["ends"].values() if end is not None)
    written = [amount(part) for part in re.findall(r"[-+]?[\d.,]*\d", number["interval"])]
    if len(ends) < 2:
        return len(written) == len(ends)
    slack = 1.0 if number["form"] in ("money", "amount") else 0.1
    low, high = (written[0], written[-1])
    return ends[0] - slack - 1e-9 <= low <= ends[0] + 1e-9 and ends[-1] - 1e-9 <= high <= ends[-1] + slack + 1e-9


def is_span(number: dict[str, Any]) -> bool:
    """Whether the days of an interval are those of its ends."""
    ends = [end for end in number["ends"].values() if end is not None]
    return not number["interval"] or all(day_of(end).rpartition(" ")[0] in number["interval"] for end in ends)


def day_of(instant: str, is_end: bool = True) -> str:
    """The day that people say of an instant: midnight ends one, or begins one."""
    moment = datetime.fromisoformat(instant)
    day: date = (moment - timedelta(microseconds=int(is_end))).date()
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def amount(text: str) -> float:
    """The number that a text begins with."""
    match = re.match(r"[-+]?[\d,]*\.?\d+", text)
    assert match is not None, text
    return float(match.group().replace(",", ""))
