"""What correlations move, and what they leave alone, to the last bit."""

import dataclasses
import tomllib

import numpy as np
import pytest

from riskengine import plan
from riskengine.engine import Settings, replay, simulate
from riskengine.engine.blocks.run import Request, run_blocks
from riskengine.engine.draws.dimensions import dimensions_of
from riskengine.engine.simulate import METHODS
from riskengine.scenario import parse

TASKS = "abcdefgh"
HEAD = """
schema = 1
name = "net"
start = 2027-03-01
calendar = "24h"
costs.steel.fixed = [100, 130, 200]
costs.site.rate = [10, 12, 30]
"""
NETWORK = HEAD + "".join(
    f"""
[tasks.{name}]
duration = {"[4, 6, 12]" if name != "d" else '{ shape = "discrete", values = [3, 5, 9], weights = [2, 5, 3] }'}
after = [{f'"{TASKS[at - 2]}"' if at > 1 else ""}]
"""
    for at, name in enumerate(TASKS)
)
RISKS = """
[risks.late]
probability = 0.3
impacts.a.delay = [1, 3, 8]
[risks.storm]
probability = 0.4
impacts.e.delay = [2, 5, 9]
"""
PAIR = '\n[correlations.pair]\nbetween = ["b", "c"]\nrank = {rank}\n'
GROUP = '\n[correlations.group]\nbetween = ["a", "b", "c", "e", "f", "g"]\nrank = {rank}\n'
MIXED = '\n[correlations.mixed]\nbetween = ["d", "h", "cost:steel", "cost:site", "risk:late"]\nrank = {rank}\n'
CONTRARY = '\n[correlations.contrary]\nbetween = ["e", "f", "g"]\nrank = -0.4\n'
METHOD_NAMES = ("sobol", "lhs", "random")


def compiled(text):
    return plan.compile(parse(tomllib.loads(text), "net"))


def words(text, method="sobol", iterations=512):
    """Words of every variable by its label."""
    return replay(compiled(text), 7, method, iterations).word


def moved(one, other):
    """Labels whose words differ, of those that both have."""
    return {label for label in one.keys() & other.keys() if not np.array_equal(one[label], other[label])}


@pytest.mark.parametrize("method", METHOD_NAMES)
def test_a_pair_moves_the_second_by_name_and_nobody_else(method):
    free, paired = words(NETWORK + RISKS, method), words(NETWORK + RISKS + PAIR.format(rank=0.6), method)
    assert moved(free, paired) == {"task/c/duration"}


@pytest.mark.parametrize("method", METHOD_NAMES)
def test_a_group_moves_its_members_and_nobody_else(method):
    free, grouped = words(NETWORK + RISKS, method), words(NETWORK + RISKS + GROUP.format(rank=0.6), method)
    assert moved(free, grouped) == {f"task/{name}/duration" for name in "abcefg"}


PAIRS = '\n[correlations.pairs]\npairs = { "b/c" = 0.6, "c/risk:late" = 0.3, "e/f" = -0.4, "f/g" = 0 }\n'
MATRIX = '\n[correlations.matrix.matrix]\nmembers = ["h", "cost:steel", "d"]\nrows = [[1], [0.5, 1], [0.3, "", 1]]\n'


@pytest.mark.parametrize("method", METHOD_NAMES)
def test_pairs_and_a_matrix_move_who_is_connected_and_nobody_else(method):
    free = words(NETWORK + RISKS, method)
    assert moved(free, words(NETWORK + RISKS + PAIRS, method)) == {f"task/{name}/duration" for name in "bcf"}
    assert moved(free, words(NETWORK + RISKS + MATRIX, method)) == {"task/d/duration", "task/h/duration"}
    both = words(NETWORK + RISKS + PAIRS + MATRIX, method)
    assert moved(words(NETWORK + RISKS + PAIRS, method), both) == {"task/d/duration", "task/h/duration"}


@pytest.mark.parametrize("method", METHOD_NAMES)
def test_tails_move_their_members_and_nobody_else(method):
    free, tailed = (
        words(NETWORK + RISKS, method),
        words(NETWORK + RISKS + PAIR.format(rank=0.6) + "tails = 4\n", method),
    )
    assert moved(free, tailed) == {"task/b/duration", "task/c/duration"}
    made = compiled(NETWORK + PAIR.format(rank=0.6) + "tails = 4\n" + CONTRARY + "tails = 8\n")
    again = replay(made, 7, method, 512)
    for row, name in enumerate(made.task):
        assert np.array_equal(again.output.duration[row], again.draws[f"task/{name}/duration"]), name


def test_a_pair_has_the_bytes_of_a_group_of_two():
    pair = '\n[correlations.pair.pairs]\n"b/c" = 0.6\n'
    assert not moved(words(NETWORK + RISKS + PAIR.format(rank=0.6)), words(NETWORK + RISKS + pair))


def test_a_mixed_group_moves_its_members_but_for_the_first():
    free, mixed = words(NETWORK + RISKS), words(NETWORK + RISKS + MIXED.format(rank=0.3))
    assert moved(free, mixed) == {"cost/steel/fixed", "risk/late/occurs", "task/d/duration", "task/h/duration"}


def test_another_rank_moves_nobody_outside_its_correlation():
    text = NETWORK + RISKS + MIXED.format(rank=0.3)
    assert moved(words(text + PAIR.format(rank=0.6)), words(text + PAIR.format(rank=-0.2))) == {"task/c/duration"}


@pytest.mark.parametrize("method", METHOD_NAMES)
@pytest.mark.parametrize("group", [PAIR, GROUP, MIXED, '\n[correlations.pair.pairs]\n"b/c" = {rank}\n'])
def test_rank_zero_gives_the_bytes_of_no_correlation(group, method):
    settings = Settings(600, seed=3, method=method)
    free, zero = (simulate(compiled(NETWORK + RISKS + more), settings) for more in ("", group.format(rank=0)))
    assert np.array_equal(free.finish, zero.finish)
    assert np.array_equal(free.cost, zero.cost)
    assert compiled(NETWORK + RISKS + group.format(rank=0)).kernel_plan.tables.mixing is None


def test_a_correlation_deals_no_other_sobol_dimensions():
    """Side by side, what is correlated is critical less often: a pilot that saw it would rank the tasks otherwise."""
    beside = HEAD + "".join(f"[tasks.{name}]\nduration = [4, {6 + at / 100}, 12]\n" for at, name in enumerate(TASKS))
    free, grouped = compiled(beside), compiled(beside + GROUP.format(rank=0.9))
    dealt = dict(zip(grouped.estimates.label, dimensions_of(grouped, METHODS["sobol"]).tolist(), strict=True))
    assert dealt.pop("correlation/group/factor") == -1
    assert dealt == dict(zip(free.estimates.label, dimensions_of(free, METHODS["sobol"]).tolist(), strict=True))


def test_the_order_of_the_file_changes_no_draw():
    one = NETWORK + RISKS + PAIR.format(rank=0.6) + CONTRARY
    other = NETWORK + RISKS + CONTRARY.replace('"e", "f", "g"', '"g", "e", "f"')
    other += PAIR.format(rank=0.6).replace('"b", "c"', '"c", "b"')
    assert not moved(words(one), words(other))


@pytest.mark.parametrize("method", METHOD_NAMES)
def test_a_variable_drawn_alone_has_the_values_of_the_run(method):
    """The core's own durations of all tasks, against what each stream gives alone."""
    made = compiled(NETWORK + GROUP.format(rank=0.5) + MIXED.format(rank=0.3).replace(', "risk:late"', ""))
    again = replay(made, 7, method, 512)
    for row, name in enumerate(made.task):
        assert np.array_equal(again.output.duration[row], again.draws[f"task/{name}/duration"]), name


def test_switching_a_risk_off_moves_nobody_that_it_goes_with():
    text = NETWORK + RISKS + MIXED.format(rank=0.3)
    off = text.replace("[risks.late]", "[risks.late]\nactive = false")
    assert not moved(words(text), words(off))


def test_a_run_without_a_risk_leaves_the_draws_of_those_that_it_goes_with():
    made = compiled(NETWORK + RISKS + MIXED.format(rank=0.3))
    request = Request(3, METHODS["sobol"], 512, task_iterations=512)
    dimension = dimensions_of(made, METHODS["sobol"])
    full = run_blocks(made, request, dimension)
    without = run_blocks(made, dataclasses.replace(request, without=(made.risk.index("late"),)), dimension)
    changed = {name for row, name in enumerate(made.task) if (full.duration[row] != without.duration[row]).any()}
    assert changed == {"a"}


def test_a_task_that_is_over_keeps_its_place():
    """The draws of the others stand still when one of them has finished, and when another is under way."""
    text = NETWORK.replace("start = 2027-03-01", "data_date = 2027-03-08") + RISKS
    text += GROUP.format(rank=0.5) + MIXED.format(rank=0.3)
    over = text.replace("[tasks.a]", "[tasks.a]\nactual_start = 2027-03-01\nactual_finish = 2027-03-06")
    over = over.replace("[tasks.b]", "[tasks.b]\nactual_start = 2027-03-02\nremaining = [1, 2, 4]")
    over = over.replace("[tasks.d]", "[tasks.d]\nactual_start = 2027-03-02\nactual_finish = 2027-03-07")
    assert moved(words(text, "lhs"), words(over, "lhs")) == {"task/a/duration", "task/d/duration"}  # both have no words


def test_levelling_moves_no_correlated_draw():
    text = NETWORK + RISKS + GROUP.format(rank=0.5) + MIXED.format(rank=0.3)
    short = text.replace("duration", "resources = { crew = 1 }\nduration")
    levelled = short.replace("schema = 1", "schema = 1\nlevelling = true\nresources.crew.capacity = 1")
    free = short.replace("schema = 1", "schema = 1\nresources.crew.capacity = 1")
    assert not moved(words(free), words(levelled))


@pytest.mark.parametrize("threads", [2, 3])
def test_threads_change_no_bit(threads):
    made = compiled(NETWORK + RISKS + GROUP.format(rank=0.5) + MIXED.format(rank=0.3))
    dimension = dimensions_of(made, METHODS["sobol"])
    one, many = (run_blocks(made, Request(3, METHODS["sobol"], 40_000, threads=n), dimension) for n in (1, threads))
    assert np.array_equal(one.finish, many.finish)
    assert np.array_equal(one.cost, many.cost)


def test_a_part_that_waits_is_made_of_the_same_draws():
    """Tasks and what forced runs are compared with come from iterations that are run again."""
    made = compiled(NETWORK + RISKS + GROUP.format(rank=0.5) + MIXED.format(rank=0.3))
    sample = simulate(made, Settings(700, seed=5))
    everything = replay(made, 5, "sobol", 700)
    rows = made.rows_by_id
    kept = sample.tasks.duration.shape[1]
    assert np.array_equal(sample.tasks.duration, made.task_days(everything.output.duration[rows, :kept]))


def test_a_longer_run_begins_with_the_shorter_one():
    made = compiled(NETWORK + RISKS + GROUP.format(rank=0.5))
    short, long = (simulate(made, Settings(n, seed=5)) for n in (512, 1024))
    assert np.array_equal(short.cost, long.cost[:512])


@pytest.mark.parametrize("method", METHOD_NAMES)
def test_a_run_that_goes_on_has_the_blocks_of_a_longer_one(method):
    made = compiled(NETWORK + RISKS + GROUP.format(rank=0.5) + MIXED.format(rank=0.3))
    dimension = dimensions_of(made, METHODS[method])
    whole = run_blocks(made, Request(3, METHODS[method], 1024), dimension)
    rest = run_blocks(made, Request(3, METHODS[method], 512, first_block=2), dimension)
    assert np.array_equal(whole.finish[:, 512:], rest.finish)
    assert np.array_equal(whole.cost[512:], rest.cost)


def test_a_risk_that_is_forced_to_occur_leaves_the_draws_of_those_that_it_goes_with():
    made = compiled(NETWORK + RISKS + MIXED.format(rank=0.3))
    request = Request(3, METHODS["sobol"], 512, task_iterations=512)
    dimension = dimensions_of(made, METHODS["sobol"])
    full = run_blocks(made, request, dimension)
    always = run_blocks(made, dataclasses.replace(request, always=(made.risk.index("late"),)), dimension)
    assert {name for row, name in enumerate(made.task) if (full.duration[row] != always.duration[row]).any()} == {"a"}
