"""Readers take at most 600 MB and 3 seconds of processor time a MiB for the worst files, or refuse them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support.process_cost import cost_of
from tests.unit.importers.worst_files import (
    CSV,
    ITEMS,
    TEXTS,
    TEXTS_LARGE,
    XER,
    XER_LARGE,
    XML,
    XML_LARGE,
    activities,
    many_texts,
    xer,
)

resource = pytest.importorskip("resource", reason="the system does not tell what a process took")

MIB = 1 << 20
MOST_MEGABYTES = 600
SECONDS_A_MIB = 3
KINDS = {"xer": (XER, XER_LARGE), "xml": (XML, XML_LARGE)}
SMALL = [(kind, name) for kind, (small, _) in KINDS.items() for name in small]
LARGE = [(kind, name) for kind, (_, large) in KINDS.items() for name in large]


def bound() -> None:
    """Keep what goes wrong from taking the machine with it."""
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (300, 300))


def import_within_limits(path: Path, option: str = "", *more: str) -> str:
    """Import a file as a process of its own, hold what it took to the limits, and return what it said.

    With an option, the file is what that option names, and goes with a schedule of a thousand activities; further
    words go as they are.
    """
    target = path.with_name("imported.toml")
    source = path
    if option:
        source = path.with_name("plan.xer")
        source.write_text(xer(activities(1_000)), encoding="utf-8")
    order = [sys.executable, "-m", "riskengine", "import", str(source), "-o", str(target)]
    order += [option, str(path)] if option else []
    order += more
    said = path.with_suffix(".said")
    cost = cost_of(order, said, bound)
    text = said.read_text(encoding="utf-8")
    assert cost.status in (0, 2, 3), text[-500:]  # 2: a mapping that is not needed
    assert "Traceback" not in text
    assert target.exists() is (cost.status == 0)
    assert cost.peak_bytes // MIB <= MOST_MEGABYTES
    assert cost.cpu_seconds <= 1 + SECONDS_A_MIB * max(1.0, path.stat().st_size / MIB)
    return text


@pytest.mark.parametrize(("kind", "name"), SMALL)
def test_no_file_takes_much_memory_or_time_for_its_size(tmp_path: Path, kind: str, name: str) -> None:
    path = tmp_path / f"file.{kind}"
    path.write_text(KINDS[kind][0][name](), encoding="utf-8")
    import_within_limits(path)


@pytest.mark.parametrize("name", ITEMS)
def test_no_export_of_a_tracker_takes_much_memory_or_time_for_its_size(tmp_path: Path, name: str) -> None:
    path = tmp_path / "items.csv"
    path.write_text(ITEMS[name](), encoding="utf-8")
    import_within_limits(path, "", "--map", "jira", "--as-of", "2027-03-08")


@pytest.mark.parametrize("name", CSV)
def test_no_register_takes_much_memory_or_time_for_its_size(tmp_path: Path, name: str) -> None:
    path = tmp_path / "register.csv"
    path.write_text(CSV[name](), encoding="utf-8")
    import_within_limits(path, "--register")


def test_no_workbook_takes_much_memory_or_time_for_its_size(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine", reason="the library for workbooks is not installed")
    path = tmp_path / "register.xlsx"
    path.write_bytes(many_texts())
    assert "RE853" in import_within_limits(path, "--register")


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("option", ["--ranges", "--mapping"])
def test_no_ranges_or_mappings_take_much_memory_or_time_for_their_size(tmp_path: Path, name: str, option: str) -> None:
    path = tmp_path / "texts.toml"
    path.write_text(TEXTS[name](), encoding="utf-8")
    import_within_limits(path, option)


@pytest.mark.slow
@pytest.mark.parametrize("name", TEXTS_LARGE)
@pytest.mark.parametrize("option", ["--ranges", "--mapping"])
def test_no_large_ranges_or_mappings_take_much(tmp_path: Path, name: str, option: str) -> None:
    path = tmp_path / "texts.toml"
    path.write_text(TEXTS_LARGE[name](), encoding="utf-8")
    import_within_limits(path, option)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "name"), LARGE)
def test_no_large_file_takes_much_memory_or_time_for_its_size(tmp_path: Path, kind: str, name: str) -> None:
    path = tmp_path / f"file.{kind}"
    path.write_text(KINDS[kind][1][name](), encoding="utf-8")
    import_within_limits(path)


@pytest.mark.slow
def test_a_schedule_of_30_000_activities_is_read_and_what_is_written_of_it_too(tmp_path: Path) -> None:
    from riskengine.reading import read
    from tests.unit.importers.p6.xer_large import large

    path = tmp_path / "plan.xer"
    path.write_bytes(large(30_000).encode("cp1252"))
    import_within_limits(path)
    assert len(read(path.with_name("imported.toml")).tasks) == 30_000
