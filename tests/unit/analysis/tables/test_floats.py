"""Float and Williams' significance index in the table of tasks."""

from dataclasses import replace

import numpy as np
import pytest

from riskengine.analysis import tables
from tests.support.samples import example


def table_of(sample):
    return tables(sample)["tasks"].to_pydict()


def test_significance_is_one_for_a_task_that_never_has_float_and_zero_for_a_milestone():
    sample = example()
    tasks = sample.tasks
    floats = np.zeros_like(tasks.duration)
    found = table_of(replace(sample, tasks=replace(tasks, total_float=floats)))
    assert found["significance"] == pytest.approx([1.0] * len(tasks.id))
    still = replace(tasks, duration=np.zeros_like(tasks.duration), total_float=floats)
    assert table_of(replace(sample, tasks=still))["significance"] == pytest.approx([0.0] * len(tasks.id))


def test_significance_weighs_duration_over_duration_and_float_with_the_length_of_the_project():
    sample = example()
    tasks = sample.tasks
    width = 3
    days = sample.finish_days[0, :width]
    floats = np.arange(1.0, width + 1) * np.ones((len(tasks.id), 1))
    found = table_of(replace(sample, tasks=replace(tasks, total_float=floats)))
    expected = (tasks.duration[:, :width] / (tasks.duration[:, :width] + floats) * days / days.mean()).mean(axis=1)
    assert found["significance"] == pytest.approx(expected.tolist())
    assert found["floated"] == [width] * len(tasks.id)
    assert found["float_mean"] == pytest.approx([2.0] * len(tasks.id))
    assert (found["float_p10"][0], found["float_p50"][0], found["float_p90"][0]) == (1.0, 2.0, 3.0)


def test_negative_float_counts_as_none_in_the_significance_and_as_itself_in_the_mean():
    sample = example()
    floats = np.full_like(sample.tasks.duration, -4.0)
    found = table_of(replace(sample, tasks=replace(sample.tasks, total_float=floats)))
    assert found["significance"] == pytest.approx([1.0] * len(sample.tasks.id))
    assert found["float_mean"] == [-4.0] * len(sample.tasks.id)
