"""How long a backlog takes in an iteration, row by row as the rules say it."""

import math
from collections.abc import Callable

from riskengine.model import Backlog, Calendar, Scenario
from tests.twin.draws.streams import hypercube_word, random_word
from tests.twin.draws.values import plan_value, to_ticks, unit_seconds
from tests.twin.simulator.risks import is_meant
from tests.twin.simulator.working_time import WorkingTime

RowWord = Callable[[str, int], int]
"""32-bit word that chooses the row of a period, the first being 1, of a backlog."""

ALMOST = 1e-9


def words_of(seed: int, project: str, iteration: int, method: str) -> RowWord:
    """The words of an iteration as a method draws them; periods have no Sobol dimension."""
    word = random_word if method == "random" else hypercube_word
    return lambda id, period: word(seed, project, f"task/{id}/period/{period}", iteration)


def planned_ticks(backlog: Backlog, calendar: Calendar | None, tick: int, more: float = 0.0) -> int:
    """Duration in the plan: periods by the mean of the history; `more` is what risks that have occurred add."""
    items = math.ceil(plan_value(backlog.items) * plan_value(backlog.growth) + more - ALMOST)
    rows = net_rows(backlog, plan_value(backlog.focus))
    periods = math.ceil(items / (math.fsum(rows) / len(rows)) - ALMOST)
    return to_ticks(periods * backlog.period.value, backlog.period.unit, calendar, tick)


def items_of_the_past(backlog: Backlog, scenario: Scenario) -> float:
    """Items by the plan that risks add which have occurred."""
    return sum(
        plan_value(impact.items)
        for risk in scenario.risks.values()
        if risk.status == "occurred" and risk.active
        for selector, impact in risk.impacts.items()
        if impact.items is not None and is_meant(selector, backlog)
    )


def net_rows(backlog: Backlog, focus: float) -> list[float]:
    """What each row takes off."""
    added = backlog.history.added if backlog.added == "history" else [0.0] * len(backlog.history.done)
    return [focus * done - more for done, more in zip(backlog.history.done, added, strict=True)]


def ticks_drawn(
    backlog: Backlog, calendar: WorkingTime, tick: int, number: Callable[[str], float], more: float, word: RowWord
) -> int:
    """Duration in an iteration: `number` is what was drawn of items, growth and focus, `more` is what risks add."""
    items = math.ceil(number("items") * number("growth") + more - ALMOST)
    focus, history = number("focus"), backlog.history
    run = 1 if backlog.sampling == "independent" else int(backlog.sampling.split(":")[1])
    done = added = 0.0
    begin, period = 0, 0
    while True:
        if period % run == 0:
            begin = word(backlog.id, period + 1) * len(history.done) // 2**32
        row = (begin + period % run) % len(history.done)
        before = focus * done - added
        done += history.done[row]
        added += history.added[row] if backlog.added == "history" else 0.0
        after = focus * done - added
        period += 1
        if after >= items - ALMOST:
            break
        assert period < 520, "the backlog never ends"
    share = 1.0
    if backlog.finish == "within period" and after > before:
        share = min(1.0, (items - before) / (after - before))
    length = float(backlog.period.value * unit_seconds(backlog.period.unit, calendar.calendar) / tick)
    return math.floor((period - 1 + share) * length + 0.5)
