"""What no iteration can be below or above: two runs of one iteration with every draw at its least, and at its most.

Dates, durations and, where no rate is negative, costs never fall when a duration, a delay, a lag or an amount rises.
So the iteration in which all of them are at their least bounds every other from below, whatever risks occur: a risk
that need not occur takes part with the smaller of its effect and none.

Days that calendars lose put off what follows, and have no upper limit; those of the least iteration lose none.
What need not exist is in no task's way, and costs nothing, where it does not: it is left out in the first iteration and
there in the second. Where a date may hold it to before what it waits for, or its cost may be negative, nothing is said.

There are three exceptions. A task that takes longer may let another pass where resources are levelled: what is levelled
is never earlier than without, and has no upper limit. A task whose finish is given by something else starts the
earlier the longer it takes; where a successor waits for that start, a longer task may mean an earlier project. And such
a task, if it takes no time at all, is placed like a milestone: at Monday's first shift where one with work to do would
have finished on Saturday. If a delay on the clock takes time back from it, it has the more to give the longer it takes.

What spans others costs the less the later they let it begin, so that with a rate of its own a delay may save money.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request, run_blocks
from riskengine.engine.costs.escalated_limits import escalated_limits
from riskengine.engine.dates.without_float import tasks_without_float
from riskengine.engine.hastening import (
    deciding_risks,
    delays_decide,
    has_given_finish,
    keeps_resource_hours,
    losses_may_hasten,
    may_be_let_go,
    may_hasten,
)
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import (
    CONSTANT,
    DELAY,
    DURATION,
    ELAPSED_DELAY,
    EVENT,
    FACTOR,
    ITEMS,
    LAG,
    MONEY,
    OCCURS,
    RANDOM,
    RATE,
    RISK_MONEY,
    SF,
    SPANS_OTHERS,
    SS,
    Output,
)
from riskengine.plan import Plan
from riskengine.plan.consequences import with_consequences
from riskengine.results.samples.limits import Limits

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class RiskChanges(NamedTuple):
    """What an occurrence of each risk can change, (2, risk): minus or plus infinity where it can, else 0."""

    finish: Floats
    cost: Floats


class Ends(NamedTuple):
    """What every draw takes in the least and in the most iteration, (draw,) each, and the stage it belongs to."""

    least: Floats
    most: Floats
    stage: NDArray[np.intp]


def limits(plan: Plan) -> Limits:
    """Return what no iteration of a plan can be below or above."""
    if plan.escalation is not None:
        return escalated_limits(plan, limits(plan.at_base_prices))
    ends = extreme_ends(plan)
    outputs = [extreme(plan, ends, side, exists) for side, exists in ((ends.least, False), (ends.most, True))]
    clauses = np.stack([plan.clause_costs(output.finish[:, :1])[:, 0] for output in outputs])
    days = np.stack([plan.finishes(output.finish[:, 0])[1] for output in outputs])
    duration = np.stack([plan.task_days(output.duration[:, :1])[:, 0] for output in outputs])
    task_cost = np.stack([output.task_cost[:, 0] for output in outputs])
    cost = np.array([float(output.cost[0]) for output in outputs])
    is_span = (plan.network.binding & SPANS_OTHERS) != 0
    is_fixed = not may_move(plan, ends) and plan.lost is None
    if not is_fixed:
        duration[:, is_span] = [[0.0], [np.inf]]
    is_perverse = not is_fixed and _is_perverse(plan, ends)
    moves_finish_anyhow = not is_fixed and (is_levelled(plan) or plan.lost is not None or is_perverse)
    if moves_finish_anyhow:
        days = np.stack([_least_finish_days(plan, days[0], is_perverse), np.full(days.shape[1], np.inf)])
        for row, task in plan.past_finishes.items():
            days[:, row] = plan.progress.actual_finish_days[task]
        clauses = widest_clauses(plan)
        if _has_rate(plan)[-1]:
            cost = np.array([-np.inf, np.inf])
    if not is_fixed and _pays_by_dates(plan):
        cost = np.array([-np.inf, np.inf])
    is_open = ~_is_monotone(plan, ends)
    moves_money = _moves_money(plan, ends, is_span & (not is_fixed))
    unbounded = np.array([[-np.inf], [np.inf]])
    task_cost = np.where(is_open & moves_money, unbounded, task_cost)
    is_moving = np.append(is_span & (not is_fixed), moves_finish_anyhow)
    task_cost = np.where(is_moving & _has_rate(plan), unbounded, task_cost)
    if (is_open & moves_money).any():
        cost = unbounded[:, 0].copy()
    is_costly = _is_never_negative(plan, ends)
    if plan.existence is not None and not is_costly.all():
        cost, task_cost = unbounded[:, 0].copy(), np.broadcast_to(unbounded, task_cost.shape).copy()
    task_cost[0] = np.where(is_costly, np.maximum(task_cost[0], 0.0), task_cost[0])
    cost[0] = max(cost[0], 0.0) if is_costly.all() else cost[0]
    by_id = plan.rows_by_id
    return Limits(
        days,
        cost,
        duration[:, by_id],
        task_cost[:, by_id],
        is_fixed,
        own_cost=task_cost[:, -1],
        clauses=clauses,
        has_no_float=tasks_without_float(plan, ends.least)[by_id],
    )


def widest_clauses(plan: Plan) -> Floats:
    """Return what damages and bonuses cost at least and at most, whatever the dates, (2, clause) [currency]."""
    caps = [np.inf if row.clause.most is None else row.clause.most for row in plan.clauses]
    ends = [(-cap, 0.0) if row.clause.is_bonus else (0.0, cap) for cap, row in zip(caps, plan.clauses, strict=True)]
    return np.array(ends, np.float64).reshape(-1, 2).T


def _least_finish_days(plan: Plan, days: Floats, is_perverse: bool) -> Floats:
    """Return what no finish is below where levelling, lost days or a task that is longer may move one anyhow.

    Parameters
    ----------
    days : (1 + target,) float64
        Where every draw is at its least and no day is lost.
    """
    if plan.unlevelled is not None and not may_hasten(plan):
        return np.asarray(limits(plan.unlevelled).finish_days[0])
    if plan.lost is not None and not is_perverse and not losses_may_hasten(plan):
        return days
    return np.zeros(days.size)


def risk_changes(plan: Plan) -> RiskChanges:
    """Return what an occurrence of each risk can change.

    Notes
    -----
    A delay that can only be positive and a factor of one or more make nothing earlier. A risk that only costs money
    moves no date. What may decide which path of a branch is followed may do anything. With levelling a longer task may
    let another pass, so that either way is open; so is what it does to cost where days of a span are paid.
    """
    draws, count = plan.draws, len(plan.risk)
    least, most = plan.estimates.least[draws.variable], plan.estimates.most[draws.variable]
    neutral = np.where(draws.role == FACTOR, 1.0, 0.0)
    lowers, raises = least < neutral, most > neutral
    on_time, on_money = _factor_reach(plan)
    is_factor = draws.role == FACTOR
    factor = np.where(is_factor, draws.operand, 0)
    at_time = np.isin(draws.role, (DELAY, ELAPSED_DELAY, LAG, ITEMS))
    at_money = draws.role == RISK_MONEY
    if on_time.size:
        at_time |= is_factor & on_time[factor]
        at_money |= is_factor & on_money[factor]
    finish, cost = np.zeros((2, count)), np.zeros((2, count))
    ends = extreme_ends(plan, is_any_left_out=True)
    is_open = not _is_monotone(plan, ends).all() or _pays_by_dates(plan)
    is_paid = at_time & _is_paid_by_the_day(plan, ends.stage)
    has_risk = draws.risk >= 0
    for signs, into in ((lowers, 0), (raises, 1)):
        sign = (-np.inf, np.inf)[into]
        finish[into, draws.risk[has_risk & at_time & signs]] = sign
        cost[into, draws.risk[has_risk & at_money & signs]] = sign
        cost[into, draws.risk[has_risk & is_paid & signs]] = sign
    either = np.array([[-np.inf], [np.inf]])
    decides = deciding_risks(plan, draws.risk[has_risk & at_time])
    finish[:, decides], cost[:, decides] = either, either
    finish, cost = (with_consequences(plan, change) for change in (finish, cost))
    if is_levelled(plan) or _is_perverse(plan, ends):
        finish = np.where((finish != 0).any(axis=0), either, finish)
        is_open = True
    if is_open:
        cost = np.where((cost != 0).any(axis=0), either, cost)
    return RiskChanges(finish, cost)


def levelling_changes(plan: Plan) -> tuple[Floats, Floats]:
    """Return what levelling can change of the finish and of the cost, (2,) each, as of a risk.

    Notes
    -----
    Where nobody ever waits for a resource, its working time included, it changes nothing. Nobody starts earlier because
    of it, save where a resource's calendar may hasten. Money follows dates only by the day of the project, or of what
    spans others.
    """
    nothing = np.zeros(2)
    if not is_levelled(plan) and not keeps_resource_hours(plan).any():
        return nothing, nothing
    if delays_decide(plan):
        return np.array([-np.inf, np.inf]), np.array([-np.inf, np.inf])
    finish = np.array([-np.inf if may_hasten(plan) else 0.0, np.inf])
    cost = np.array([-np.inf, np.inf]) if _has_rate(plan)[-1] or _pays_by_dates(plan) else nothing
    if not _pays_by_dates(plan) and finish[0] == 0 and _is_never_negative(plan, extreme_ends(plan))[-1]:
        cost = np.maximum(cost, 0.0)
    return finish, cost


def extreme_ends(plan: Plan, is_any_left_out: bool = False) -> Ends:
    """Return the ends of every draw, with none in the place of an effect that need not occur.

    What an occurrence changes is told from runs without it: there a risk that is sure to occur does not either.
    """
    draws = plan.draws
    least, most = plan.estimates.least[draws.variable].copy(), plan.estimates.most[draws.variable].copy()
    chance = np.where(draws.risk >= 0, np.append(plan.probability, 1.0)[draws.risk], 1.0)
    neutral = np.where(draws.role == FACTOR, 1.0, 0.0)
    may_miss = (chance < 1) | (is_any_left_out & (draws.risk >= 0))
    least[may_miss] = np.minimum(least, neutral)[may_miss]
    most[may_miss] = np.maximum(most, neutral)[may_miss]
    never = chance == 0
    least[never], most[never] = neutral[never], neutral[never]
    stage = np.repeat(np.arange(draws.offset.size - 1), np.diff(draws.offset))
    return Ends(least, most, stage)


def extreme(plan: Plan, ends: Ends, taken: Floats, exists: bool) -> Output:
    """Return one iteration in which every draw takes this value; levelled only where dates never vary.

    Parameters
    ----------
    exists : bool
        Whether the tasks exist in it that need not.
    """
    variables = plan.variables
    offset = plan.estimates.plan_value.astype(np.float64)
    offset[plan.draws.variable] = taken
    kind = np.where(variables.kind == EVENT, variables.kind, CONSTANT).astype(variables.kind.dtype)
    holdings = None if may_move(plan, ends) else plan.holdings
    bare = plan.at_base_prices.without_lost_days.where_all_exist(exists)
    fixed = replace(bare, variables=variables._replace(kind=kind, offset=offset), holdings=holdings)
    always = np.flatnonzero(plan.probability > 0).tolist()
    return run_blocks(fixed, Request(0, RANDOM, 1, task_iterations=BLOCK, always=always), variables.dimension)


def _factor_reach(plan: Plan) -> tuple[Flags, Flags]:
    """Return whether each factor acts on the duration of a task, and on a cost, (factor,) each."""
    is_task = np.arange(plan.risks.factor_offset.size - 1) < len(plan.task)
    return _factors_on(plan, is_task), _factors_on(plan, ~is_task)


def _factors_on(plan: Plan, rows: Flags) -> Flags:
    """Return which factors act on any of some rows of ``Risks.factor_offset``, (factor,)."""
    risks = plan.risks
    acts = np.zeros(int(risks.factor.max()) + 1 if risks.factor.size else 0, bool)
    acts[risks.factor[np.repeat(rows, np.diff(risks.factor_offset))]] = True
    return acts


def moves_dates(plan: Plan, ends: Ends) -> Flags:
    """Return which draws vary and act on a duration, a delay or a lag, (draw,)."""
    role = plan.draws.role
    is_timed = np.isin(role, (DURATION, DELAY, ELAPSED_DELAY, LAG))
    on_time, _ = _factor_reach(plan)
    if on_time.size:
        is_timed |= (role == FACTOR) & on_time[np.where(role == FACTOR, plan.draws.operand, 0)]
    return np.asarray(is_timed & (ends.least < ends.most))


def may_move(plan: Plan, ends: Ends) -> bool:
    """Return whether any date may vary: by a draw that does, or because a task may be missing."""
    return plan.existence is not None or bool(moves_dates(plan, ends).any())


def is_levelled(plan: Plan) -> bool:
    """Return whether anybody may ever wait for a resource."""
    return plan.unlevelled is not None and plan.holdings is not None


def _is_perverse(plan: Plan, ends: Ends) -> bool:
    """Return whether a longer task may mean an earlier project: see the top of the module."""
    return bool(perverse_tasks(plan, ends).any())


def perverse_tasks(plan: Plan, ends: Ends) -> Flags:
    """Return which tasks may let others begin earlier when they take longer, (task,)."""
    network = plan.network
    is_varying = np.zeros(len(plan.task), bool)
    moving = moves_dates(plan, ends) & (plan.draws.role != LAG)
    is_varying[ends.stage[moving & (ends.stage > 0) & (ends.stage <= len(plan.task))] - 1] = True
    is_varying |= np.diff(plan.risks.factor_offset)[: len(plan.task)] > 0
    if plan.existence is not None:
        is_varying |= plan.existence.may_be_absent
    gives_start = np.zeros(len(plan.task), bool)
    gives_start[network.predecessor[(network.kind == SS) | (network.kind == SF)]] = True
    for span, members in plan.progress.member.items():
        gives_start[members] |= gives_start[span]
    takes_time_back = np.zeros(len(plan.task) + 2, bool)
    is_taking = (plan.draws.role == ELAPSED_DELAY) & (ends.least < 0)
    takes_time_back[ends.stage[is_taking]] = True
    moves_others = gives_start | _may_take_no_time(plan, ends) | takes_time_back[1 : len(plan.task) + 1]
    return np.asarray((is_varying & has_given_finish(plan) & moves_others) | may_be_let_go(plan))


def _may_take_no_time(plan: Plan, ends: Ends) -> Flags:
    """Return which tasks take no time at all where every draw is at its least, (task,)."""
    return np.asarray(extreme(plan, ends, ends.least, exists=False).duration[:, 0] == 0)


def _is_never_negative(plan: Plan, ends: Ends) -> Flags:
    """Return whose cost has no negative part, (task + 1,)."""
    draws, costs = plan.draws, plan.costs
    is_never = (costs.fixed >= 0) & (costs.rate >= 0)
    is_negative = np.isin(draws.role, (MONEY, RATE, RISK_MONEY)) & (ends.least < 0)
    is_never[ends.stage[is_negative] - 1] = False
    is_never[-1] &= not any(row.clause.is_bonus for row in plan.clauses)
    return np.asarray(is_never)


def _has_rate(plan: Plan) -> Flags:
    """Return which tasks, and last the project, cost money by the day, (task + 1,)."""
    has = plan.costs.rate != 0
    stage = np.repeat(np.arange(plan.draws.offset.size - 1), np.diff(plan.draws.offset))
    has[stage[plan.draws.role == RATE] - 1] = True
    has[-1] |= bool(plan.clauses)  # damages and bonuses follow the dates as well
    return np.asarray(has)


def _pays_by_dates(plan: Plan) -> bool:
    """Return whether anything that spans others costs money by the day, or costs follow prices."""
    return plan.escalation is not None or bool(_has_rate(plan)[:-1][(plan.network.binding & SPANS_OTHERS) != 0].any())


def _is_monotone(plan: Plan, ends: Ends) -> Flags:
    """Return whose cost never falls when a duration or a draw rises, (task + 1,): no negative rate or priced amount."""
    is_monotone = plan.costs.rate >= 0
    draws = plan.draws
    is_negative = (ends.least < 0) & ((draws.role == RATE) | ((draws.priced >= 0) & (draws.role == MONEY)))
    is_monotone[ends.stage[is_negative] - 1] = False
    return np.asarray(is_monotone)


def _is_paid_by_the_day(plan: Plan, stage: NDArray[np.intp]) -> Flags:
    """Return whether time costs money, by the day, where each draw acts, (draw,)."""
    rates = _has_rate(plan)
    if rates[-1] or _pays_by_dates(plan):
        return np.ones(stage.size, bool)
    paid: Flags = np.asarray(rates[stage - 1])
    is_paid_row = np.zeros(plan.risks.factor_offset.size - 1, bool)
    is_paid_row[: len(plan.task)] = rates[:-1]
    is_factor = plan.draws.role == FACTOR
    paid[is_factor] = _factors_on(plan, is_paid_row)[plan.draws.operand[is_factor]]
    return paid


def _moves_money(plan: Plan, ends: Ends, is_moving_span: Flags) -> Flags:
    """Return whose cost may vary, (task + 1,)."""
    draws = plan.draws
    varies = (ends.least < ends.most) & (draws.role != OCCURS)
    moves = np.zeros(len(plan.task) + 1, bool)
    moves[ends.stage[varies & (ends.stage > 0)] - 1] = True
    has_rate = _has_rate(plan)
    risks, tasks = plan.risks, len(plan.task)
    factored = np.flatnonzero(np.diff(risks.factor_offset)[:tasks])
    moves[factored] = True
    moves[ends.stage[draws.priced >= 0] - 1] = True
    moves[:-1] |= is_moving_span & has_rate[:-1]
    moves[-1] |= bool(has_rate[-1] and (plan.lost is not None or may_move(plan, ends)))
    if plan.existence is not None:
        moves[:-1] |= plan.existence.may_be_absent
    return moves
