"""What a change moves, with its true value: the estimates of the table ``comparison``."""

from tests.replication.law import Law
from tests.replication.model import TICK, Estimate, Measure
from tests.replication.truths import gates, thresholds


def difference(measure: str, before: Law, after: Law) -> list[Estimate]:
    """Return what a change moves of the ``finish`` or the ``cost``: the mean, P50, P80 and P90."""
    error = TICK if measure == "finish" else 1e-9 * max(1.0, abs(after.mean))
    found = []
    for statistic in ("mean", "p50", "p80", "p90"):
        share = None if statistic == "mean" else int(statistic[1:]) / 100
        exact = after.mean - before.mean if share is None else after.quantile(share) - before.quantile(share)
        group = f"difference {'mean' if share is None else 'percentile'}"
        key = (("measure", measure), ("statistic", statistic))
        columns = ("difference", "ci_low", "ci_high")
        name = f"difference {measure} {statistic}"
        found.append(Estimate(name, group, "comparison", key, columns, exact, error, share))
    return found


def difference_of_gates(measure: Measure, after: Law) -> list[Estimate]:
    """Return what a change moves of the probabilities of the gates that are asked of a measure."""
    found = []
    for estimate, threshold in zip(gates(measure)[1], thresholds(measure), strict=True):
        ((_, gate),) = estimate.key
        exact = after.cdf(threshold) - measure.law.cdf(threshold)
        key = (("measure", "gate"), ("statistic", gate))
        columns = ("difference", "ci_low", "ci_high")
        name = f"difference {estimate.name}"
        found.append(Estimate(name, "difference gate", "comparison", key, columns, exact, 2e-9, abs(exact)))
    return found
