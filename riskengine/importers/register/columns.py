"""Which column of a register is used for what: as the mapping names them, else as their headings are understood."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Final, Literal

from riskengine.errors import Issue
from riskengine.errors.counting import counted
from riskengine.importers.register import words
from riskengine.importers.register.column_map import MEASURES, TEXTS, ColumnMap, NamedColumn, key_of
from riskengine.importers.register.headings import Header, Heading, find_header, header_at, in_brackets
from riskengine.importers.sheets.faults import SheetFaults
from riskengine.scenario.tables.heading_row import MOST_ABOVE
from riskengine.scenario.tables.sheets import Sheet, cell_text, letters
from riskengine.scenario.tables.spelling import words as spelled_words

Position = Literal["pre", "post"]
ORDER: Final[Mapping[str, tuple[str, ...]]] = {"pre": ("pre", ""), "post": ("post", "", "pre")}
POSITION_WORDS: Final[Mapping[str, str]] = {"": "", "pre": " before mitigation", "post": " after mitigation"}
THREE: Final = frozenset({"low", "most_likely", "high"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column in use.

    Attributes
    ----------
    unit : str
        Of a delay, a unit of time; of a probability ``percent``, ``fraction`` (as the mapping says) or ``%`` (as the
        heading does); ``rating`` for levels of a scale. Empty where nobody says.
    scale : float or None
        What amounts of money are multiplied with; None where the heading is not understood.
    is_named : bool
        Whether the mapping names it.
    """

    index: int
    heading: str
    field: str
    point: str = ""
    position: str = ""
    unit: str = ""
    scale: float | None = 1.0
    currency: str = ""
    is_rating: bool = False
    is_named: bool = False


@dataclass(slots=True)
class Columns:
    """The columns in use: those of texts by field; those of measures by point, the position wanted first."""

    header: Header
    texts: dict[str, Column] = field(default_factory=dict)
    measures: dict[str, list[dict[str, Column]]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def of(self, measure: str) -> Iterable[Column]:
        """Yield all columns of a measure."""
        for points in self.measures.get(measure, []):
            yield from points.values()


def chosen_header(sheet: Sheet, column_map: ColumnMap) -> Header | None:
    """Return the row of headings: the one that the mapping gives, or has most names of, else the likeliest."""
    if column_map.header is not None:
        return header_at(sheet, column_map.header) if column_map.header < len(sheet.rows) else None
    named = {key_of(name.heading) for name in column_map.columns}
    best, most = None, 0
    for row in range(min(MOST_ABOVE, len(sheet.rows))) if named else ():
        header = header_at(sheet, row)
        count = len(named & {key for text in header.texts for key in keys(text)})
        if count > most:
            best, most = header, count
    return best or find_header(sheet)


def keys(text: str) -> tuple[str, ...]:
    """Return what a heading can be called: itself, with its group and without."""
    heading = text.rpartition(" / ")[2]
    return (key_of(text), key_of(heading)) if heading != text else (key_of(text),)


def bind(sheet: Sheet, header: Header, column_map: ColumnMap, wanted: Position, faults: SheetFaults) -> Columns:
    """Return the columns that are used.

    Parameters
    ----------
    sheet, header
        The register, and its row of headings.
    column_map : ColumnMap
        Columns that it names are not guessed.
    wanted : str
        Whether numbers before or after mitigation are wanted.
    faults : SheetFaults
        Where headings that leave room for doubt are reported.
    """
    columns = Columns(header)
    columns_in_use = [
        column for name in column_map.columns if (column := named_column(header, name, column_map, faults))
    ]
    used_indices = {column.index for column in columns_in_use}
    bound_fields = {column.field for column in columns_in_use}
    for index, (text, meaning) in enumerate(zip(header.texts, header.meanings, strict=True)):
        is_free = index not in used_indices and not column_map.ignore.intersection(keys(text))
        if meaning is not None and is_free and meaning.field not in bound_fields:
            columns_in_use.append(guessed(index, text, meaning, sheet, header.row))
    for name in TEXTS:
        column = one_of([column for column in columns_in_use if column.field == name], sheet, header, columns, faults)
        if column is not None:
            columns.texts[name] = column
    for name in MEASURES:
        bind_measure(
            name,
            [column for column in columns_in_use if column.field == name],
            sheet=sheet,
            columns=columns,
            wanted=wanted,
            faults=faults,
        )
    # Those that the mapping names and the register lacks were reported already.
    there = {column.field for column in columns_in_use} | {name.field for name in column_map.columns}
    if not there & {"delay", "cost"}:
        rule = "the register must have columns of delays or of costs"
        faults.heading("RE857", sheet, header.row, rule, quoted_texts(header.texts))
    if "probability" not in there:
        rule = "the register must have a column of probabilities"
        faults.heading("RE857", sheet, header.row, rule, quoted_texts(header.texts))
    for column in columns_in_use:
        if column.field == "points":
            rule = f'it must be clear what "{column.heading}" measures: days or money'
            faults.heading("RE861", sheet, header.row, rule, cure="name the column in a mapping file")
    report(columns, columns_in_use, header)
    return columns


def name_currency(columns: Columns, currency: str) -> None:
    """Take what stands in brackets behind a cost for the schedule's currency where it is that, as in ``Cost (SR)``."""
    name = spelled_words(currency)
    for points in columns.measures.get("cost", []):
        for point, column in points.items():
            if name and column.scale is None and spelled_words(in_brackets(column.heading)) == name:
                points[point] = replace(column, scale=1.0, currency=currency)


def quoted_texts(texts: Iterable[str]) -> str:
    """Return headings in quotes."""
    return ", ".join(f'"{text}"' for text in texts if text) or "none"


def named_column(header: Header, name: NamedColumn, column_map: ColumnMap, faults: SheetFaults) -> Column | None:
    """Return the column that the mapping names, or None after a fault."""
    key = key_of(name.heading)
    indices = [index for index, text in enumerate(header.texts) if text and key_of(text) == key]
    indices = indices or [index for index, text in enumerate(header.texts) if text and key in keys(text)]
    if len(indices) != 1:
        rule = "must be the heading of one column of the register"
        cure = (
            f"{counted(len(indices), 'column has', 'columns have')} it"
            if indices
            else nearest(name.heading, header.texts)
        )
        path = ".".join(str(part) for part in name.place)
        faults.note(
            Issue("RE855", path, rule=rule, value=f'"{name.heading}"', file=column_map.file, line=None, cure=cure)
        )
        return None
    meaning = header.meanings[indices[0]]
    scale = name.scale if name.scale is not None else meaning.scale if meaning and meaning.field == "cost" else 1.0
    is_same = meaning is not None and meaning.field == name.field
    return Column(
        indices[0],
        header.texts[indices[0]],
        field=name.field,
        point=name.point,
        position=name.position,
        unit=name.unit or (meaning.unit if meaning and is_same else ""),
        scale=scale,
        currency=meaning.currency if meaning and is_same else "",
        is_rating=name.unit == "rating",
        is_named=True,
    )


def nearest(word: str, texts: Iterable[str]) -> str:
    """Return which heading may have been meant."""
    by_key = {key_of(text): text for text in texts if text}
    close = get_close_matches(key_of(word)[:60], by_key, n=1)
    return f'did you mean "{by_key[close[0]]}"?' if close else f"there are {quoted_texts(list(by_key.values())[:20])}"


def guessed(index: int, text: str, meaning: Heading, sheet: Sheet, row: int) -> Column:
    """Return a column as its heading is understood; a type is a kind where it holds nothing else."""
    name = meaning.field
    if name == "type":
        cells = {key_of(cell_text(sheet.cell(below, index))) for below in range(row + 1, len(sheet.rows))} - {""}
        name = "kind" if cells and cells <= set(words.KINDS) else "category"
    return Column(
        index,
        text,
        field=name,
        point=meaning.point,
        position=meaning.position,
        unit=meaning.unit,
        scale=meaning.scale,
        currency=meaning.currency,
        is_rating=meaning.is_rating,
    )


def one_of(
    candidates: list[Column], sheet: Sheet, header: Header, columns: Columns, faults: SheetFaults
) -> Column | None:
    """Return the one column for a thing: amounts before ratings; two of one sort are refused."""
    sure = [column for column in candidates if column.is_named] or candidates
    plain = [column for column in sure if not column.is_rating] or sure
    for column in sure:
        if column not in plain:
            columns.notes.append(f'"{column.heading}" is not used: it is a rating beside "{plain[0].heading}"')
    if len(plain) > 1:
        name = plain[0].field + (f" {plain[0].point}" if plain[0].point else "") + POSITION_WORDS[plain[0].position]
        rule = f"only one column must be the {name}"
        cure = f"name it under [columns] of a mapping file, or ignore = [{quoted_texts([plain[-1].heading])}]"
        faults.heading(
            "RE856", sheet, header.row, rule=rule, value=quoted_texts(column.heading for column in plain), cure=cure
        )
    return plain[0] if plain else None


def bind_measure(
    name: str, candidates: list[Column], sheet: Sheet, columns: Columns, wanted: Position, faults: SheetFaults
) -> None:
    """Choose the columns of a probability, of delays or of costs."""
    header = columns.header
    for position in ORDER[wanted]:
        here = [column for column in candidates if column.position == position]
        points: dict[str, Column] = {}
        for point in dict.fromkeys(column.point for column in here):
            column = one_of([c for c in here if c.point == point], sheet, header, columns, faults)
            if column is not None:
                points[point] = column
        if len(points) > 1 and all(points[point].is_rating for point in points):
            faults.heading("RE856", sheet, header.row, f"only one column must be the rating of {name}")
        if points and name != "probability" and not is_whole(set(points)):
            rule = f"the columns of a {name} must be one value, low and high, all three points, or three percentiles"
            cure = "name the columns in a mapping file"
            texts = quoted_texts(column.heading for column in points.values())
            faults.heading("RE856", sheet, header.row, rule=rule, value=texts, cure=cure)
            continue
        if points:
            columns.measures.setdefault(name, []).append(points)
    there = columns.measures.get(name, [])
    if candidates and not there and not any(issue.code == "RE856" for issue in faults.issues):
        rule = f"the register must have a {name}{POSITION_WORDS[wanted]}"
        cure = f"it has one{POSITION_WORDS[candidates[0].position]}: choose it with --position"
        faults.heading("RE869", sheet, header.row, rule, cure=cure)


def is_whole(points: set[str]) -> bool:
    """Return whether an estimate can be made of these points."""
    percentiles = {point for point in points if point not in THREE and point}
    if not percentiles:
        return points in ({""}, {"most_likely"}, {"low", "high"}, set(THREE))
    others = points - percentiles
    return (not others and len(percentiles) >= 3) or (others == {"most_likely"} and len(percentiles) == 2)


def report(columns: Columns, columns_in_use: list[Column], header: Header) -> None:
    """Note what each column was taken for, and which are not used."""
    used = {column.index for column in columns.texts.values()}
    used |= {column.index for name in MEASURES for column in columns.of(name)}
    for column in sorted(columns_in_use, key=lambda column: column.index):
        if column.index in used and not column.is_named:
            what = column.field + (f" {column.point}" if column.point else "") + POSITION_WORDS[column.position]
            unit = f" in {column.unit}" if column.unit and column.field == "delay" else ""
            scale = f" times {column.scale:,.0f}" if column.scale not in (None, 1.0) else ""
            columns.notes.append(f'column {letters(column.index)} "{column.heading}" is taken for {what}{unit}{scale}')
    idle = [text for index, text in enumerate(header.texts) if text and index not in used]
    if idle:
        columns.notes.append(f"columns that are not used: {quoted_texts(idle)}")
