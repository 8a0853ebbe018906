"""What must happen to dates when durations are fixed, split, tied together or scaled."""

import re

import numpy as np
import pytest

from tests.properties.faults import lag_in_wrong_unit, one_tick_on_constants, risks_always
from tests.support.command_runs import column, finish, rows, run
from tests.support.plans_of_all_features import FS_NETWORK, RICH, THREATS

HEAD = 'schema = 1\nname = "chain"\nstart = 2027-03-01\ncalendar = "24h"\n'


def certain(text: str) -> str:
    """The scenario with every range at its most likely value and every probability at zero."""
    text = re.sub(r"\[[^\[\],]+, ([\d.]+), [^\[\],]+\]", r"\1", text)
    text = re.sub(r"\{ shape = \"lognormal\"[^}]*\}", "28", text)
    text = re.sub(r"\{ shape = \"uniform\"[^}]*\}", "4", text)
    text = re.sub(r"\{ shape = \"discrete\"[^}]*\}", "8", text)
    text = re.sub(r"\{ shape = \"triangular\"[^}]*\}", "6000", text)
    text = re.sub(r"probability = [\d.]+", "probability = 0", text)
    return text.replace('kind = "driver"\n', 'kind = "driver"\nprobability = 0\n')


def check_that_every_iteration_is_the_plan(text: str) -> None:
    """Every iteration's dates and cost are the deterministic ones."""
    result = run(text, 512)
    summary = {(row["target"], row["measure"]): row for row in result.tables["summary"].to_pylist()}
    assert set(column(result, "finish").tolist()) == {summary["project", "finish"]["deterministic_instant"]}
    assert set(finish(result).tolist()) == {summary["project", "finish"]["deterministic"]}
    np.testing.assert_allclose(column(result, "cost"), summary["project", "cost"]["deterministic"], rtol=1e-12)
    for task in result.tables["tasks"].to_pylist():
        assert task["finish_p10"] == task["finish_p90"] == task["deterministic_finish"]
        assert task["start_p10"] == task["start_p90"] == task["deterministic_start"]


@pytest.mark.parametrize("text", [RICH, FS_NETWORK + THREATS.format(active="true")], ids=["rich", "network"])
def test_without_uncertainty_every_iteration_is_the_plan(text):
    check_that_every_iteration_is_the_plan(certain(text))


def test_a_risk_that_occurs_at_probability_zero_would_be_found(monkeypatch):
    risks_always(monkeypatch)
    with pytest.raises(AssertionError):
        check_that_every_iteration_is_the_plan(certain(RICH))


WHOLE = FS_NETWORK.replace("[tasks.d]\nduration = [5, 6, 8]", "[tasks.d]\nduration = 6")
HALVES = WHOLE.replace("duration = 6\n", "duration = 3\n").replace(
    "[tasks.f]", '[tasks.d2]\nduration = 3\nafter = ["d"]\n[tasks.f]'
)
HALVES = HALVES.replace('after = ["c", "d"]', 'after = ["c", "d2"]').replace('"d FS-1d"', '"d2 FS-1d"')


def test_splitting_a_fixed_task_changes_no_finish():
    assert HALVES.count("d2") == 3
    np.testing.assert_array_equal(finish(run(WHOLE)), finish(run(HALVES)))


def test_a_tick_too_much_on_every_fixed_duration_would_be_found_by_the_split(monkeypatch):
    one_tick_on_constants(monkeypatch)
    assert (finish(run(WHOLE)) != finish(run(HALVES))).any()


COMONOTONE = (
    HEAD
    + """
targets = ["first", "second"]
[tasks.first]
duration = 10
[tasks.second]
duration = 25
after = ["first"]
[tasks.third]
duration = 7
after = ["second"]
[risks.pace]
kind = "driver"
impact_sampling = "{sampling}"
impacts."*" = {{ factor = [0.8, 1.0, 1.7] }}
"""
)


def gaps_of_percentiles(sampling: str) -> list[float]:
    """Percentiles of the chain less the sum of its tasks' percentiles [d]."""
    result = run(COMONOTONE.format(sampling=sampling))
    ends = [finish(result, "first"), finish(result, "second"), finish(result)]
    durations = np.sort(np.diff(np.stack([np.zeros_like(ends[0]), *ends]), axis=0), axis=1)
    whole = np.sort(ends[-1])
    picks = [int(np.ceil(whole.size * p / 100)) - 1 for p in range(5, 100, 5)]
    return [float(whole[k] - durations[:, k].sum()) for k in picks]


def test_percentiles_of_comonotone_durations_add_up_along_a_chain():
    assert max(abs(gap) for gap in gaps_of_percentiles("shared")) < 1e-9


def test_a_factor_drawn_anew_for_each_task_would_be_found():
    assert max(abs(gap) for gap in gaps_of_percentiles("independent")) > 0.5


def scaled(text: str, times: float) -> str:
    """Every duration, delay and lag times a number."""

    def scale(match: re.Match[str]) -> str:
        numbers = (f"{float(number) * times:g}" for number in match.group(2).split(","))
        return match.group(1) + ", ".join(numbers) + match.group(3)

    text = re.sub(r"((?:duration|delay) = \[?)([\d., ]+)(\]?)", scale, text)
    return re.sub(r"(FS[+-])(\d+)(d)", scale, text)


def scaling_error(times: float) -> float:
    """Largest error of an iteration's finish against the scaled one [ticks]."""
    text = FS_NETWORK + THREATS.format(active="true")
    assert scaled(text, times) != text
    return float(np.abs(finish(run(text)) * times - finish(run(scaled(text, times)))).max() * 86_400)


@pytest.mark.parametrize("times", [2, 3, 0.5])
def test_scaling_the_unit_of_time_scales_every_finish(times):
    """Each duration and delay of a path is rounded to a tick on its own: at most ten roundings of half a tick."""
    assert scaling_error(times) <= 5 * (1 + times)


def test_a_lag_in_the_wrong_unit_would_be_found_by_scaling(monkeypatch):
    from tests.properties import faults

    faults.part("network", lag=lambda n: np.where(n.lag != 0, n.lag + 3600, 0).astype(n.lag.dtype))(monkeypatch)
    assert scaling_error(2) > 5 * 3


def test_the_mean_of_a_chain_is_the_sum_of_its_means():
    chain = FS_NETWORK.split("[tasks.d]")[0].replace('after = ["a"]', 'after = ["b"]')
    chain = chain.replace("[3, 7, 9]\n", '[3, 7, 9]\nafter = ["a"]\n')
    result = run(chain)
    total = sum(row["duration_mean"] for row in rows(result, "tasks", "task").values())
    assert finish(result).mean() == pytest.approx(total, rel=1e-12)


def test_a_lag_in_the_wrong_unit_would_be_found_by_the_plan(monkeypatch):
    before = finish(run(FS_NETWORK))
    lag_in_wrong_unit(monkeypatch)
    assert (finish(run(FS_NETWORK)) != before).any()
