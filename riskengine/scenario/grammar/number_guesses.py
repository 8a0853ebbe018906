"""What was meant by a number, a date or a word that breaks the grammar of TOML or JSON."""

import re
from collections.abc import Callable
from typing import Final

from riskengine.model.calendar import UNITS
from riskengine.scenario.text.date_suggestions import date_meant
from riskengine.scenario.text.quantities import length_meant, share_meant

CURRENCY: Final = r"(?:[$€£¥]|EUR|USD|GBP|CHF)"
DIGITS: Final = r"(?<![\w.,])[+-]?\d"
WORDS_OF_TOML: Final = {
    "true": "true",
    "yes": "true",
    "on": "true",
    "false": "false",
    "no": "false",
    "off": "false",
}
NOTHING: Final = ("none", "null", "nil", "nan", "n/a", "na")
MAGNITUDES: Final = {"k": 1_000, "m": 1_000_000, "mio": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000}

Guess = Callable[[re.Match[str], str], str]


def number_meant(line: str, at: int) -> str:
    """Return what was probably meant by what stands at a place of a line, or nothing.

    Parameters
    ----------
    line : str
    at : int
        The character that the reader stopped at, from 0: at the beginning of what it could not read, or behind it.
    """
    for pattern, guess in GUESSES:
        for match in pattern.finditer(line):
            if match.start() <= at <= match.end() + 1:
                meant = guess(match, line)
                if meant:
                    return meant
    return ""


def _date(match: re.Match[str], line: str) -> str:
    return date_meant(match.group().replace(",", ""))


def _time(match: re.Match[str], line: str) -> str:
    day, hour, rest = match.group(1, 2, 3)
    if day:
        return f"write it as {day}T{int(hour):02d}{rest if rest.count(':') == 2 else f'{rest}:00'}"
    return f'text needs quotes: "{match.group()}"'


def _percentage(match: re.Match[str], line: str) -> str:
    key = line.partition("=")[0].strip().rpartition(".")[2]
    number = match.group(1).replace(",", ".")
    if key == "percent_complete":
        return f"write {number} % as {number}"
    if key == "range":
        return f'text needs quotes: "{match.group()}"'
    return share_meant(match.group())


def _amount(match: re.Match[str], line: str) -> str:
    return 'an amount is a number alone; the currency is named once, at the top: currency = "EUR"'


def _grouped(match: re.Match[str], line: str) -> str:
    text = match.group()
    mark = max(text.rfind(","), text.rfind("."))
    groups = re.split(r"[.,' \u00a0\u202f\u2019]", text.lstrip("+-"))
    sign = "-" if text.startswith("-") else ""
    if len(groups[-1]) != 3 or (len({*re.findall(r"[.,]", text)}) == 2):  # 1.234,56 and 1,234.56
        whole = re.sub(r"\D", "", text[:mark])
        return f"write {sign}{whole}.{text[mark + 1 :]}, without a separator of thousands"
    joined = sign + "".join(groups)
    if len(groups) == 2 and "," in text:
        return f"write {joined} where the comma separates thousands, {text.replace(',', '.')} where it is a decimal one"
    return f"write {joined}, without a separator of thousands"


def _decimal(match: re.Match[str], line: str) -> str:
    numbers = match.group().split(",")
    if len(numbers) > 2:
        return f"a list stands in brackets: [{', '.join(numbers)}]"
    return f"a decimal has a point: write {'.'.join(numbers)}"


def _magnitude(match: re.Match[str], line: str) -> str:
    number, word = match.group(1).replace(",", "."), match.group(2).casefold()
    return f"write {float(number) * MAGNITUDES[word]:.12g}" if word in MAGNITUDES else ""


def _length(match: re.Match[str], line: str) -> str:
    meant = length_meant(match.group()).removeprefix("write ")
    if meant.endswith(UNITS):
        return f'a length of time with a unit stands in quotes: "{meant}"'
    return f'text needs quotes: "{match.group()}"'


def _point(match: re.Match[str], line: str) -> str:
    text = match.group()
    return f"write {text.replace('.', '0.', 1)}" if not match.group(1) else f"write {text}0"


def _zeros(match: re.Match[str], line: str) -> str:
    text = match.group()
    return f'write {text.lstrip("0") or "0"}, or "{text}" in quotes where it is text'


def _minus(match: re.Match[str], line: str) -> str:
    return f"the minus sign is the one of the keyboard: -{match.group(1)}"


def _word(match: re.Match[str], line: str) -> str:
    word = match.group().casefold()
    if word in WORDS_OF_TOML:
        return f"write {WORDS_OF_TOML[word]}"
    return "leave the key out where there is nothing to say" if word in NOTHING else ""


GUESSES: Final[tuple[tuple[re.Pattern[str], Guess], ...]] = (
    (re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{1,2})((?::\d{2}){1,2})"), _time),
    (re.compile(r"(?<![\d.])\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"), _date),
    (re.compile(r"(?<![\d.])\d{1,2}([-/.])\d{1,2}\1\d{2,4}(?!\d)"), _date),
    (re.compile(r"(?<!\w)\d{1,2}\.? [A-Za-z]{3,9}\.?,? \d{4}|(?<!\w)[A-Za-z]{3,9}\.? \d{1,2},? \d{4}"), _date),
    (re.compile(r"(?<!\w)()(\d{1,2})((?::\d{2}){1,2})"), _time),
    (re.compile(r"(?<![\w.,])(\d+(?:[.,]\d+)?)\s*%"), _percentage),
    (re.compile(CURRENCY + r"\s*\d[\d.,' ]*|\d[\d.,']*\s*" + CURRENCY), _amount),
    (re.compile(DIGITS + r"{1,3}(?:\.\d{3})+,\d+(?!\d)|" + DIGITS + r"{1,3}(?:,\d{3})+\.\d+(?!\d)"), _grouped),
    (re.compile(DIGITS + r"{1,3}(?:,\d{3})+(?![\d.]|,\d)|" + DIGITS + r"{1,3}(?:\.\d{3}){2,}(?![\d,.])"), _grouped),
    (re.compile(DIGITS + r"{1,3}(?:[' \u00a0\u202f\u2019]\d{3})+(?![\d,.])"), _grouped),
    (re.compile(r"(?<![\w.,])([+-]?\d+(?:[.,]\d+)?) ?(k|K|m|M|mio|Mio|mn|bn)\b"), _magnitude),
    (re.compile(r"(?<![\w.,])[+-]?\d+(?:[.,]\d+)? ?[A-Za-z]+(?: days| hours)?"), _length),
    (re.compile(DIGITS + r"*(?:,\d+)+(?![\d.]|,\d)"), _decimal),
    (re.compile(r"(?<![\w.])[+-]?(\d*)\.(?:\d+)?(?![\w.])"), _point),
    (re.compile(r"(?<![\w.,-])0\d+(?![\w.])"), _zeros),
    (re.compile(r"[\u2212\u2013\u2014\u2010\u2011]\s*(\d[\d.]*)"), _minus),
    (re.compile(r"(?<![\w\"'])[A-Za-z][A-Za-z/]*(?![\w\"'])"), _word),
)
