"""Guessing from its heading what a column of a register holds; what cannot be told is left alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from riskengine.importers.register import words as lexicon
from riskengine.importers.register.currencies import code_in
from riskengine.scenario.tables.heading_row import MOST_ABOVE
from riskengine.scenario.tables.sheets import MOST_COLUMNS, Sheet, cell_text, is_blank
from riskengine.scenario.tables.spelling import POINTS, TIMES, words

Position = Literal["", "pre", "post"]
LONGEST: Final = 300
MEASURES: Final = ("probability", "delay", "cost")
GROUPED: Final = (*MEASURES, "points")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column holds.

    Attributes
    ----------
    field : str
        id, name, description, cause, event, effect, category, owner, status, kind, type, tasks, wbs, tags, team,
        probability, delay, cost; points for a three-point column of which nobody says what it measures.
    point : str
        low, most_likely, high, or a percentile such as p10; empty for a single value.
    position : str
        Before or after mitigation, empty where that is not said.
    unit : str
        Unit of time, or ``%`` of a probability or of a cost; empty where the heading names none.
    scale : float or None
        What amounts of money are multiplied with; None where the heading is not understood.
    currency : str
        Code of the currency, empty where the heading names none.
    is_rating : bool
        Whether it holds levels of a scale rather than amounts.
    """

    field: str
    point: str = ""
    position: Position = ""
    unit: str = ""
    scale: float | None = 1.0
    currency: str = ""
    is_rating: bool = False


def understood(text: str) -> Heading | None:
    """Return what a heading says, or None where it is none of a register's."""
    listed = words(text)
    tokens = set(listed)
    if not tokens:
        return None
    position: Position = "pre" if tokens & lexicon.PRE else "post" if tokens & lexicon.POST else ""
    if tokens & lexicon.PRE and tokens & lexicon.POST:
        return None
    joined = " ".join(listed)
    is_rating = bool(tokens & lexicon.RATING)
    content = tokens - lexicon.PRE - lexicon.POST - lexicon.FILLERS - {"%", "mitigation", "in", "percent", "prozent"}
    if tokens & lexicon.PROBABILITY or "wahrscheinlichkeit" in joined or content == {"p"}:
        if tokens & lexicon.IGNORED:
            return None
        unit = "%" if tokens & lexicon.PERCENT else ""
        return Heading("probability", "", position, unit, is_rating=is_rating)
    if not position:
        whole = " ".join(word for word in listed if word not in lexicon.FILLERS)
        if joined in lexicon.FIELDS or whole in lexicon.FIELDS:
            return Heading(lexicon.FIELDS.get(joined) or lexicon.FIELDS[whole])
        if not whole:
            return Heading("name")
    if tokens & lexicon.IGNORED or ("mitigation" in tokens and not position):
        return None
    point = point_of(listed)
    unit = next((TIMES[part] for part in parts_of(listed) if part in TIMES), "")
    currency = currency_of(listed, text)
    is_delay = bool(tokens & lexicon.DELAY) or any(word.startswith("terminau") for word in tokens)
    is_money = any(word in lexicon.MONEYS for word in listed) or (currency and (point or tokens & lexicon.EFFECTS))
    is_cost = bool(tokens & lexicon.MONEY or is_money) or any(word.startswith("kosten") for word in tokens)
    if tokens & lexicon.TASKS and not point and not unit and not is_cost and not (tokens & {"delay", "impact", "slip"}):
        return Heading("tasks")
    if is_cost and (is_delay or unit):
        return None  # a cost for each day, a delay cost: who knows
    if is_delay or (unit and (point or tokens & lexicon.EFFECTS or len(content) == 1)):
        return Heading("delay", point, position, unit, is_rating=is_rating)
    if is_cost and tokens & lexicon.PERCENT:
        scale = None if tokens & lexicon.WHOLES else 1.0
        return Heading("cost", point, position=position, unit="%", scale=scale, currency=currency, is_rating=is_rating)
    if is_cost:
        return Heading(
            "cost",
            point,
            position=position,
            unit="",
            scale=scale_of(listed, text),
            currency=currency,
            is_rating=is_rating,
        )
    if point:
        return Heading("points", point, position)
    rest = " ".join(word for word in listed if word not in lexicon.FILLERS | lexicon.PRE | lexicon.POST)
    return Heading(lexicon.FIELDS[rest]) if lexicon.FIELDS.get(rest) in ("status", "owner") else None


def point_of(listed: tuple[str, ...]) -> str:
    """Return which point of an estimate a heading names."""
    for word in listed:
        if word[0] == "p" and word[1:].isdigit() and 0 <= int(word[1:]) <= 100:
            return word
    points = {POINTS[word] for word in listed if word in POINTS}
    if "most_likely" in points:
        return "most_likely"
    return points.pop() if len(points) == 1 else ""


def parts_of(listed: tuple[str, ...]) -> Iterator[str]:
    """Yield pairs of words, then single words, so that calendar days are not days."""
    for first, second in pairwise(listed):
        yield f"{first} {second}"
    yield from listed


def scale_of(listed: tuple[str, ...], text: str) -> float | None:
    """Return what the amounts under a heading are multiplied with, None where it is not clear."""
    tokens = set(listed)
    if tokens & lexicon.UNTOLD:
        return None
    has_currency = bool(currency_of(listed, text))
    is_thousand = bool(tokens & lexicon.THOUSAND) or (has_currency and "t" in tokens)
    is_million = bool(tokens & lexicon.MILLION) or (has_currency and "m" in tokens)
    if is_thousand and is_million:
        return None
    if is_thousand or is_million:
        return 1e3 if is_thousand else 1e6
    strange = [
        word
        for word in words(in_brackets(text))
        if word not in lexicon.CURRENCIES
        and not code_in(word)
        and word not in POINTS
        and word not in lexicon.PRE | lexicon.POST
        if len(word) <= 4 and not (word[0] == "p" and word[1:].isdigit())
    ]
    return None if strange else 1.0


def currency_of(listed: tuple[str, ...], text: str) -> str:
    """Return the code of the first currency that a heading names, empty where it names none."""
    code = next((lexicon.CURRENCIES[word] for word in listed if word in lexicon.CURRENCIES), "")
    return code or next((code for word in words(in_brackets(text)) if (code := code_in(word))), "")


def in_brackets(text: str) -> str:
    """Return what stands behind the first sign of each kind of bracket, the last of them."""
    return text[max(text.find("("), text.find("[")) + 1 :] if "(" in text or "[" in text else ""


@dataclass(slots=True)
class Header:
    """The row of headings of a sheet, each heading with the one that stands above a group of columns."""

    row: int
    texts: list[str]
    meanings: list[Heading | None] = field(default_factory=list)

    def fields(self) -> set[str]:
        """Return the fields that are there."""
        return {meaning.field for meaning in self.meanings if meaning is not None}


def header_at(sheet: Sheet, row: int) -> Header:
    """Return the headings of a row, taken together with the groups of the row above it."""
    width = max(len(sheet.rows[row]), len(sheet.rows[row - 1]) if row else 0)
    above = groups(sheet, row - 1, width) if row else [""] * width
    texts, meanings = [], []
    for column in range(width):
        value = sheet.cell(row, column)
        heading = cell_text(value)[:LONGEST] if isinstance(value, str) else ""
        meaning = understood(heading)
        text = heading
        group = above[column]
        if group and not heading and is_blank(value):
            text, meaning = group, understood(group)
        elif group and heading and (meaning is None or meaning.field in GROUPED or meaning.field == "effect"):
            both = understood(f"{group} / {heading}")
            if both is not None and both.field in GROUPED:
                text, meaning = f"{group} / {heading}", both
        texts.append(text)
        meanings.append(meaning)
    return Header(row, texts, meanings)


def groups(sheet: Sheet, row: int, width: int) -> list[str]:
    """Return the heading of the group over each column; of a row with one text only, which is a title, none."""
    values = [sheet.cell(row, column) for column in range(width)]
    texts = [cell_text(value)[:LONGEST] if isinstance(value, str) else "" for value in values]
    if sum(bool(text) for text in texts) < 2:
        return [""] * width
    if sheet.merges is None:
        last = ""
        filled = []
        for text in texts:
            last = text or last
            filled.append(text or (last if is_group(last) else ""))
        return filled
    here = [merge for merge in sheet.merges if merge[0] <= row <= merge[2] and merge[1] < width]
    for top, left, _, right in here[:MOST_COLUMNS]:  # a row cannot have more that do not overlap
        words_here = sheet.cell(top, left)
        for column in range(left, min(right + 1, width)):
            texts[column] = cell_text(words_here)[:LONGEST] if isinstance(words_here, str) else ""
    return texts


def is_group(text: str) -> bool:
    """Return whether a heading can stand over several columns: it says before or after, or what is measured."""
    tokens = set(words(text))
    if tokens & (lexicon.PRE | lexicon.POST):
        return True
    meaning = understood(text)
    return meaning is not None and meaning.field in GROUPED


def find_header(sheet: Sheet) -> Header | None:
    """Return the row that has the most headings of a register, None where no row has two."""
    best: Header | None = None
    most = 1
    for row in range(min(MOST_ABOVE, len(sheet.rows))):
        header = header_at(sheet, row)
        count = len({(m.field, m.point, m.position) for m in header.meanings if m is not None})
        if count > most and any(isinstance(value, str) for value in sheet.rows[row]):
            best, most = header, count
    return best


def score(sheet: Sheet) -> int:
    """Return how many different headings of a register a sheet has."""
    header = find_header(sheet)
    if header is None:
        return 0
    return len({(m.field, m.point, m.position) for m in header.meanings if m is not None})
