"""The histogram in characters."""

import numpy as np
import pyarrow as pa
import pytest

from riskengine.analysis.histogram import histogram
from riskengine.report.chart import BLOCKS, MARGIN, PLAIN, draw, room


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
