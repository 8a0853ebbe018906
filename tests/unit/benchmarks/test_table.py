"""Goals, the table, the JSON files and the exit code; nothing is timed."""

import json
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS, LONG, chosen, main
from benchmarks.clock import least_seconds
from benchmarks.figure import Figure, at_least, at_most, shown, table

FAST = Figure("fast", 21.234, "x", at_least(20), {"numpy_ns": 61.5})
SLOW = Figure("slow", 5.01, "s", at_most(5))
PLAIN = Figure("plain", 3, "MB")


@pytest.mark.parametrize(
    ("figure", "is_missed"),
    [(FAST, False), (SLOW, True), (PLAIN, False), (Figure("even", 20, "x", at_least(20)), False)],
)
def test_figure_is_missed_only_beyond_its_goal(figure: Figure, is_missed: bool) -> None:
    assert figure.is_missed is is_missed


def test_table_shows_figure_goal_and_verdict_in_columns() -> None:
    lines = table([FAST, SLOW, PLAIN]).splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["fast", "21.2", "x", ">=", "20", "x", "pass"],
        ["slow", "5.01", "s", "<=", "5", "s", "MISSED"],
        ["plain", "3", "MB"],
    ]
    assert len({line.index("=") for line in lines[1:3]}) == 1


def test_note_stands_behind_the_verdict() -> None:
    assert table([Figure("slow", 5.01, "s", at_most(5), note="busy")]).endswith("MISSED  (busy)")


@pytest.mark.parametrize(("value", "text"), [(0.0, "0"), (1.456, "1.46"), (14.56, "14.6"), (947.2, "947"), (20, "20")])
def test_values_show_three_digits(value: float, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(("figures", "code"), [([FAST, PLAIN], 0), ([FAST, SLOW], 1)])
def test_missed_goal_exits_1_and_json_is_written_all_the_same(
    figures: list[Figure], code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a" / "b"
    assert main(["--only", "numpy", "--out", str(out)], {"numpy": lambda: figures}) == code
    written = json.loads((out / "numpy.json").read_text(encoding="utf-8"))
    assert [figure["passed"] for figure in written["figures"]] == [
        None if figure.goal is None else not figure.is_missed for figure in figures
    ]
    assert written["figures"][0]["details"] == {"numpy_ns": 61.5}
    assert written["machine"]["cores"] >= 1
    assert capsys.readouterr().out.count("\n") == 1 + len(figures)


def test_long_ones_run_only_when_asked_for() -> None:
    assert chosen(None, False) == list(BENCHMARKS)
    assert chosen(None, True) == [*BENCHMARKS, *LONG]
    assert chosen(["million"], False) == ["million"]


def test_unknown_benchmark_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refusal:
        main(["--only", "nothing"])
    assert refusal.value.code == 2
    assert "invalid choice" in capsys.readouterr().err


def test_least_of_several_is_taken_of_each_in_turn() -> None:
    now = [0.0]
    taken: list[str] = []
    costs = {"a": [3.0, 1.0], "b": [5.0, 4.0, 6.0, 7.0]}

    def work(name: str) -> None:
        taken.append(name)
        now[0] += costs[name].pop(0)

    found = least_seconds([lambda: work("a"), lambda: work("b")], 2, (1, 2), clock=lambda: now[0])
    assert found == [1.0, 4.0]
    assert "".join(taken) == "abbabb"
