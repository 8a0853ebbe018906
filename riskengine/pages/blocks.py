"""What a section of a page is made of: paragraphs, facts, tables, pictures. None of it is markup but a picture."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from markupsafe import Markup


@dataclass(frozen=True)
class Bar:
    """A bar in a cell: a share of the cell's width, its interval as a whisker, and marks.

    Parameters
    ----------
    start, end : float
        Between which shares of the width, from 0 to 1, the bar lies.
    low, high : float or None
        Ends of the whisker; None draws none.
    mark : float or None
        Where an upright stands, as for a confidence that is asked for.
    zero : float or None
        Where an axis stands from which bars go both ways.
    kind : str
        Class that colours the bar.
    """

    start: float
    end: float
    low: float | None = None
    high: float | None = None
    mark: float | None = None
    zero: float | None = None
    kind: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Parameters
    ----------
    text : str
        What stands in it.
    order : float or str or None
        What the cell is sorted by where that is not its text.
    detail : str
        In smaller letters: a name below an id, or the interval beside a number.
    kind : str
        ``pass``, ``fail`` or ``undecided`` for an answer; else empty.
    bar : Bar or None
        Drawn above the text.
    address : str
        Where the text leads to, made by :func:`riskengine.pages.address.relative_address`.
    title : str
        Stands above the bar.
    parts : sequence of Cell
        Further values below one another, as of each gate; none of them has parts of its own.
    """

    text: str
    order: float | str | None = None
    detail: str = ""
    kind: str = ""
    bar: Bar | None = None
    address: str = ""
    title: str = ""
    parts: Sequence["Cell"] = ()


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, what it means in a sentence, and whether numbers stand in it."""

    heading: str
    meaning: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table; the first cell names it.

    Parameters
    ----------
    cells : sequence of Cell
    point : (float, float) or None
        Where the row lies in the picture above the table, in shares of its width and height from below: what the
        pointer and the arrow keys read.
    """

    cells: Sequence[Cell]
    point: tuple[float, float] | None = None


@dataclass(frozen=True)
class Table:
    """A table.

    Parameters
    ----------
    caption : str
        What it shows.
    columns : sequence of Column
    rows : sequence of Row
    source : str
        Tables of the results folder whose numbers it shows.
    is_sortable, has_filter : bool
        Whether the headings sort it, and whether a field above it picks rows.
    is_stacked : bool
        Whether a phone shows each row as a card, its cells one below the other, instead of a table to push about.
    most_printed : int or None
        Rows beyond this one are left out on paper, which is said.
    is_dense : bool
        Whether it has many columns: small letters, on paper across the page.
    is_compact : bool
        Whether there may be thousands of rows: their elements have no end tags, and bars none but their cell.
    choices : sequence of str
        Texts of the second column by which a list beside the field picks rows; empty for no list.
    arrows, arrows_word : str
        Which rows lead into which (:class:`riskengine.pages.sections.arrows.Arrows`), for a button that draws arrows
        between their bars, and what stands on it. Empty for none.
    """

    kind: ClassVar[str] = "table"

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    source: str = ""
    is_sortable: bool = False
    has_filter: bool = False
    is_stacked: bool = False
    most_printed: int | None = None
    is_dense: bool = False
    is_compact: bool = False
    choices: Sequence[str] = ()
    arrows: str = ""
    arrows_word: str = ""


@dataclass(frozen=True)
class Figure:
    """A picture with the table behind it.

    Parameters
    ----------
    title : str
    label : str
        The picture in words, for who does not see it.
    wide, narrow : Markup
        The picture for a desk and for a phone; `narrow` may be empty where one serves for both.
    tables : sequence of Table
        What the picture is drawn from; a row of the first one with a `point` is read by pointer and arrow keys.
    note : str
        How to read it.
    name : str
        Stands below the title: what is called by an id there.
    legend : sequence of (str, str)
        Class of a mark, and what it stands for.
    """

    kind: ClassVar[str] = "figure"

    title: str
    label: str
    wide: Markup
    narrow: Markup
    tables: Sequence[Table]
    note: str = ""
    name: str = ""
    legend: Sequence[tuple[str, str]] = ()

    @property
    def is_read(self) -> bool:
        """Whether pointer and keys read the picture."""
        return any(row.point for table in self.tables[:1] for row in table.rows)


@dataclass(frozen=True)
class Prose:
    """Paragraphs; the first one larger where it leads."""

    kind: ClassVar[str] = "prose"

    paragraphs: Sequence[str]
    has_lead: bool = False


@dataclass(frozen=True)
class Verdict:
    """The decision over all gates: ``go``, ``no-go``, ``undecided`` or ``none``, its word, and the sentences."""

    kind: ClassVar[str] = "verdict"

    answer: str
    word: str
    paragraphs: Sequence[str]


@dataclass(frozen=True)
class Tile:
    """One number that everybody asks for: what it is, the number, its interval."""

    name: str
    value: str
    detail: str = ""


@dataclass(frozen=True)
class Tiles:
    """A few numbers side by side."""

    kind: ClassVar[str] = "tiles"

    tiles: Sequence[Tile]


@dataclass(frozen=True)
class Facts:
    """Terms and what they are, one below the other."""

    kind: ClassVar[str] = "facts"

    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Commands:
    """Command lines to copy, with what they do."""

    kind: ClassVar[str] = "commands"

    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Heading:
    """A heading within a section."""

    kind: ClassVar[str] = "heading"

    text: str


Block = Table | Figure | Prose | Verdict | Tiles | Facts | Commands | Heading


@dataclass(frozen=True)
class FilledSection:
    """A section with its title and what stands in it."""

    key: str
    title: str
    blocks: Sequence[Block] = field(default_factory=tuple)
