"""The histogram in characters."""

import math
from datetime import datetime

import numpy as np
import pyarrow as pa
import pytest

from riskengine.analysis.statistics.histogram import histogram
from riskengine.report.text.chart import BLOCKS, MARGIN, PLAIN, draw, room


def column(values):
    return pa.chunked_array([pa.array(np.asarray(values, dtype=np.float64))])


def test_every_value_in_range_is_in_one_bin_and_edges_belong_below():
    counted = histogram(column([0, 1, 1, 2, 3, 4, 9]), 0.0, 4.0, 4)
    assert (counted.share * 7).round(9).tolist() == [3, 1, 1, 1]
    assert (counted.cumulative * 7).round(9).tolist() == [3, 4, 5, 6]


def test_values_below_the_range_count_in_the_curve_and_in_no_bar():
    counted = histogram(column([-5, 0.5, 1.5]), 0.0, 2.0, 2)
    assert (counted.share * 3).round(9).tolist() == [1, 1]
    assert (counted.cumulative * 3).round(9).tolist() == [2, 3]


@pytest.mark.parametrize("strokes", [BLOCKS, PLAIN])
@pytest.mark.parametrize("width", [20, 40, 80, 110])
def test_a_drawing_is_no_wider_than_asked(strokes, width):
    bins = room(width)
    share = [1 / bins] * bins
    lines = draw(share, np.cumsum(share).tolist(), [(0.5, "P50")], ("a", "b"), strokes)
    assert max(map(len, lines)) <= width
    assert max(map(len, lines)) == bins + MARGIN + 1


def test_the_plain_drawing_is_ascii():
    lines = draw([0.2, 0.5, 0.3] * 3, [0.1] * 9, [(0.5, "P50")], ("a", "b"), PLAIN)
    assert "".join(lines).isascii()


def test_the_tallest_bin_reaches_the_top_and_a_small_one_shows():
    lines = draw([0.98, 0.0, 0.02], [0.0, 0.0, 0.0], [], ("a", "b"), BLOCKS, height=4)
    bars = [line[MARGIN + 1 :].ljust(3) for line in lines[:4]]
    assert [bar[0] for bar in bars] == ["█", "█", "█", "•"]
    assert bars[-1][1] == "•"
    assert draw([0.98, 0.0, 0.02], [1.0, 1.0, 1.0], [], ("a", "b"), BLOCKS, height=4)[3][MARGIN + 3] == "▁"


def test_the_curve_rises_from_the_bottom_to_the_top():
    cumulative = [0.05, 0.3, 0.6, 1.0]
    lines = draw([0.25] * 4, cumulative, [], ("a", "b"), PLAIN, height=8)
    rows = [next(r for r in range(8) if lines[r].ljust(20)[MARGIN + 1 + c] == PLAIN.curve) for c in range(4)]
    assert rows == sorted(rows, reverse=True)
    assert (rows[0], rows[-1]) == (7, 0)


def test_labels_stand_under_their_places_and_never_touch():
    lines = draw([0.1] * 40, [0.1] * 40, [(0.0, "P10"), (0.02, "P50"), (1.0, "P90")], ("left", "right"), PLAIN)
    labels = lines[-2][MARGIN + 1 :]
    assert labels.startswith("P10 ") and labels.endswith("P90")
    assert "P50" not in labels
    assert lines[-1][MARGIN + 1 :].startswith("left") and lines[-1].endswith("right")


def test_too_narrow_a_terminal_gets_no_drawing():
    assert room(14) == 0
    assert room(15) == 8


def pointed(pointers, strokes=PLAIN, bins=40):
    """The lines below the dates."""
    return draw([1 / bins] * bins, [1.0] * bins, [], ("a", "b"), strokes, pointers=pointers)[11:]


def test_each_pointer_stands_below_its_place_with_its_text_beside_it():
    assert pointed([(0.0, "plan 5%"), (0.5, "gate")]) == [f"{' ' * 7}^ plan 5%{' ' * 11}^ gate"]


def test_a_pointer_without_room_has_its_text_before_it():
    (line,) = pointed([(1.0, "gate 90%")])
    assert line == f"{' ' * 37}gate 90% ^"


def test_a_place_beyond_the_axis_is_told_at_its_end():
    assert pointed([(-3.0, "plan")]) == [f"{' ' * 7}< plan"]
    assert pointed([(7.0, "gate")]) == [f"{' ' * 41}gate >"]
    assert pointed([(float("inf"), "gate")], BLOCKS) == [f"{' ' * 41}gate ▶"]


@pytest.mark.parametrize("apart", [0.0, 0.01, 0.2])
def test_pointers_that_would_touch_have_lines_of_their_own(apart):
    lines = pointed([(0.3 + apart * number, f"gate {number} 12.3%") for number in range(4)])
    assert [sum(text in line for line in lines) for text in ("gate 0", "gate 1", "gate 2", "gate 3")] == [1, 1, 1, 1]
    assert max(map(len, lines)) <= 47 and all("%^" not in line for line in lines)


def test_an_instant_lies_between_the_values_before_and_after_it():
    import pyarrow as pa

    from riskengine.analysis.statistics.histogram import place_of_instant

    days = [datetime(2027, 3, day) for day in (1, 2, 9)]
    instants, values = pa.chunked_array([days]), pa.chunked_array([[0.0, 1.0, 4.0]])
    assert place_of_instant(instants, values, datetime(2027, 3, 5)) == (2.5, pytest.approx(2 / 3))
    assert place_of_instant(instants, values, datetime(2027, 3, 2))[1] == pytest.approx(2 / 3)
    assert place_of_instant(instants, values, datetime(2026, 1, 1)) == (-math.inf, 0.0)
    assert place_of_instant(instants, values, datetime(2028, 1, 1)) == (math.inf, 1.0)
