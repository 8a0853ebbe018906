"""The engine and its twin side by side on projects under way: every difference, in words."""

from collections import Counter
from collections.abc import Iterator

from riskengine.engine.dates.display_dates import early_dates
from riskengine.kernel.contract.arrays import Output
from riskengine.model import Scenario
from tests.twin.simulator.agreement import Run, draws_of, twin_of
from tests.twin.simulator.backlogs import words_of
from tests.twin.simulator.simulator import Outcome
from tests.twin.simulator.simulator_under_way import SimulatorUnderWay


def differences(scenario: Scenario, made: Run) -> Iterator[str]:
    """Every difference between the engine's run of a scenario and the twin's."""
    planned = SimulatorUnderWay(scenario, made.plan.time.tick, on_clock=made.plan.clocks is not None)
    scenario = planned.scenario
    yield from compared(scenario, planned, made, made.exact, 0, planned.plan(), "plan")
    total: Counter[tuple[str, str]] = Counter()
    for iteration in range(made.iterations):
        twin = twin_of(planned, made.seed, iteration)
        twin.row_word = words_of(made.seed, scenario.project, iteration, made.method)
        twin.written = planned.written
        outcome = twin.iteration(draws_of(scenario, made.seen, iteration))
        yield from compared(scenario, twin, made, made.seen.output, iteration, outcome, f"iteration {iteration}")
        total.update((target, task) for target, tasks in outcome.critical.items() for task in tasks)
    for row, target in enumerate(("project", *made.plan.target)):
        if target != "project" and scenario.tasks[target].is_span:
            continue
        for at, task in enumerate(made.plan.task):
            if scenario.tasks[task].is_span or scenario.tasks[task].is_finished:
                continue  # what is over may stand on a path, or count as none
            if made.plain.count[row, at] != total[target, task]:
                yield f"criticality of {task} to {target}: {made.plain.count[row, at]}, twin {total[target, task]}"


def compared(
    scenario: Scenario,
    twin: SimulatorUnderWay,
    made: Run,
    output: Output,
    column: int,
    outcome: Outcome,
    when: str,
) -> Iterator[str]:
    """Differences of one iteration, of instants on the clock whatever the plan counts in.

    What has happened is shown as it happened, and hands on another date, which one calendar keeps as working time.
    """
    plan = made.plan
    is_on_clock = plan.clocks is not None
    begins, clock = (dates[:, column] - plan.time.start for dates in early_dates(plan, output, column + 1))
    for row, id in enumerate(plan.task):
        task = scenario.tasks[id]
        if task.is_span:
            continue
        for what, mine, its in (("start", begins, outcome.start), ("finish", clock, outcome.finish)):
            is_known = task.is_finished or (task.is_started and what == "start")
            instants = [int(mine[row]), its[id]]
            if is_known and not is_on_clock:
                instants = [twin.project_walk.working_form(instant) for instant in instants]
            if instants[0] != instants[1]:
                yield f"{when}: {what} of {id}: {mine[row]}, twin {its[id]}"
        if not task.is_finished and output.duration[row, column] != outcome.work[id]:
            yield f"{when}: duration of {id}: {output.duration[row, column]}, twin {outcome.work[id]}"
        mine_cost, its_cost = float(output.task_cost[row, column]), outcome.task_cost[id]
        if abs(mine_cost - its_cost) > 1e-9 * (1 + abs(its_cost)):
            yield f"{when}: cost of {id}: {mine_cost}, twin {its_cost}"
    if all(task.is_finished or task.is_span for task in scenario.tasks.values()):
        return  # spans, of which the twin says nothing, are all that may not be over
    finish = int(plan.clock(output.finish[:1, column : column + 1])[0, 0]) - plan.time.start
    if finish != outcome.project_finish:
        yield f"{when}: finish: {finish}, twin {outcome.project_finish}"
