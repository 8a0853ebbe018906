"""Workbooks for tests, written part by part, so that each can be made wrong in its own way."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
PERCENT, DATE, CUSTOM_PERCENT, QUOTED_PERCENT = 1, 2, 3, 4
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="170" formatCode="0.0%"/>'
    '<numFmt numFmtId="171" formatCode="0&quot;%&quot;"/></numFmts>'
    '<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/><xf numFmtId="170"/>'
    '<xf numFmtId="171"/></cellXfs></styleSheet>'
)


@dataclass(frozen=True)
class Styled:
    """A number in a cell style: a percentage, a date."""

    number: float
    style: int


@dataclass(frozen=True)
class Raw:
    """A cell as XML, its place filled in for ``{place}``."""

    xml: str


def column(index: int) -> str:
    """Letters of a column, from 0."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell(value: Any, place: str) -> str:
    """One cell as XML."""
    if value is None or value == "":
        return ""
    if isinstance(value, Raw):
        return value.xml.replace("{place}", place)
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, Styled):
        return f'<c r="{place}" s="{value.style}"><v>{value.number!r}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value!r}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def worksheet(rows: Iterable[Sequence[Any]], merges: Sequence[str] = ()) -> str:
    """A worksheet as XML."""
    lines = [
        f'<row r="{number}">'
        + "".join(cell(value, f"{column(index)}{number}") for index, value in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, start=1)
    ]
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in merges)
    tail = f'<mergeCells count="{len(merges)}">{merged}</mergeCells>' if merges else ""
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData>{tail}</worksheet>'


def parts(sheets: Mapping[str, str], hidden: Sequence[str] = ()) -> dict[str, str]:
    """The parts of a workbook by name."""
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""}/>'  # noqa: E501
        for n, name in enumerate(sheets, start=1)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATION}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    content = "application/vnd.openxmlformats"
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="{content}-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{content}-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{related}'
        f'<Relationship Id="rIdS" Type="{RELATION}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
        **{f"xl/worksheets/sheet{n}.xml": text for n, text in enumerate(sheets.values(), start=1)},
    }


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of members; the same bytes in every run."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def workbook(
    folder: Path, rows: Iterable[Sequence[Any]], name: str = "register.xlsx", merges: Sequence[str] = ()
) -> Path:
    """Write a workbook of one worksheet, Risks, and return its path."""
    path = folder / name
    path.write_bytes(zipped(parts({"Risks": worksheet(rows, merges)})))
    return path
