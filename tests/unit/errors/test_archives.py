"""Damaged archives: who looks into one for what riskengine made says that it made none, and never breaks off."""

import zipfile

import pytest

from riskengine.export.xlsx.state import read_state
from riskengine.importers.sheets.workbook import archive_problem
from riskengine.pages.slides import ABOUT, is_presentation

PARTS = ("docProps/custom.xml", "docProps/core.xml", ABOUT)


def damaged(path, at):
    """An archive whose parts are damaged at one of their bytes, their headers intact."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in dict.fromkeys(PARTS):
            archive.writestr(name, "".join(f"<a{number}/>" for number in range(400)))
        places = [(each.header_offset + 30 + len(each.filename), each.compress_size) for each in archive.infolist()]
    raw = bytearray(path.read_bytes())
    for begin, size in places:
        raw[begin + int(at * (size - 1))] ^= 0xFF
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize("at", [0.0, 0.02, 0.3, 0.7, 1.0])
def test_a_damaged_archive_is_none_that_we_made(at, tmp_path):
    path = damaged(tmp_path / "x.zip", at)
    assert read_state(path) is None
    assert not is_presentation(path)


@pytest.mark.parametrize("end", [0, 10, 100, -30])
def test_an_archive_that_ends_early_is_none(end, tmp_path):
    path = damaged(tmp_path / "x.zip", 0.5)
    path.write_bytes(path.read_bytes()[:end])
    assert read_state(path) is None
    assert not is_presentation(path)
    assert "no workbook" in archive_problem(path.read_bytes())
