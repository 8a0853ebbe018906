"""What the benchmark of the what-if page makes of the times of its moves."""

from benchmarks.figure import at_most
from benchmarks.serving import WARM_UP, of_times


def test_the_first_moves_do_not_count():
    spent = [1000.0] * WARM_UP + [float(number) for number in range(1, 102)]
    median, late = of_times("page", spent, (at_most(50), at_most(120)))
    assert (median.value, late.value) == (51.0, 96.0)
    assert median.is_missed and not late.is_missed
    assert late.details == {"moves": 101.0, "longest_ms": 101.0}
