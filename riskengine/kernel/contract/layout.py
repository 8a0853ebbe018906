"""A plan's columns as records, and the rows that a thread works in.

The core reads what it needs of a task, a relationship, a draw or a variable from one record: one array to hand over and
one cache line to load, in place of a column for each field. Every row of working memory has 256 entries, one for each
iteration of a block; rows of one type lie one after another in one array. A *place* is the index at which a row
begins. The fixed rows come first, at the places named here; the places of all others stand in the records.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import (
    CELLS,
    DELAY,
    DISCRETE,
    ELAPSED_DELAY,
    FACTOR,
    FF,
    FS,
    HAS_STARTED,
    IS_FINISHED,
    ITEMS,
    LAG,
    OCCURS,
    RATE,
    SF,
    SPANS_OTHERS,
    STARTS_SHIFT,
    Clocks,
    Costs,
    Draws,
    Float32,
    Float64,
    Int32,
    Network,
    Records,
    Risks,
    UInt8,
    UInt32,
    UInt64,
    Variables,
    records,
)
from riskengine.kernel.contract.backlogs import BACKLOG_ROWS, Backlogs, BacklogTables, backlog_tables
from riskengine.kernel.contract.existence import Existence, Presence, group_count, presence_of
from riskengine.kernel.contract.lost_days import LostDays
from riskengine.kernel.contract.mixing import Correlation, Mixing, mixing_of
from riskengine.kernel.contract.on_clock import OnClock, on_clock_of
from riskengine.kernel.contract.places import (
    ALWAYS,
    BEGIN,
    DELAY_ROW,
    DONE,
    ELAPSED_ROW,
    MONEY_ROW,
    RATE_ROW,
    TICK_ROWS,
    VALUE_ROWS,
    WORD_ROWS,
    Layout,
    places,
    rows_of,
)


class Tables(NamedTuple):
    """What the core reads of a plan.

    Attributes
    ----------
    variable : (variable,) records
        ``Variables``, with ``table`` the first cell of its quantile table and ``step`` its first step.
    table : (cell,) uint64
    step : (entry,) records
        ``threshold`` and ``value`` of discrete variables.
    draw : (draw,) records
        ``Draws``, with ``place`` of the row that takes the draw, ``occurs`` of the row that says where it counts, and
        the range of the factors that multiply an amount or a rate.
    stage : (task + 2,) records
        The risks, each task in turn, the project: ranges of draws, relationships and factors, and what ``Network``,
        ``Clocks`` and ``Costs`` hold of a task. ``start``, ``finish``, ``start_work``, ``finish_work``, ``critical``
        are places of its rows; ``driver`` is the first of its driver bits, or 0. ``keeps_driving`` and ``shows_start``
        say whether the instant that drives it, and its start on the clock, are asked for by what comes after in the
        core.
    relationship : (relationship,) records
        Relationships, with ``before``, the place of the date that they wait for, on the clock, and ``before_work`` in
        working ticks; ``uncertain``, that of an uncertain lag, or 0; ``need``, that of the start that they require,
        where it has to be worked out. The start that counts is what stands at ``required``, one of them, and
        ``required_lag``. Whether they drive is a ``bit`` at ``driver``, or always where that is 0. ``critical`` is the
        place of the predecessor's critical bytes.
    factor : (factor use,) records
        ``place`` of the factor's row, and ``is_last`` of those that are combined before they are multiplied.
    end, target : (end,), (target,) int32
        As in ``Network``.
    risk : (risk,) uint32
        Places of the rows that say where risks occur.
    sums : uint64
        Ticks that the sums of delays and the uncertain lags of a task take up.
    mixing : Mixing or None
        None where nothing is correlated, which is compiled apart.
    presence : Presence or None
        None where every task always exists, which is compiled apart.
    backlogs : BacklogTables or None
        None where no task is a backlog, which is compiled apart.
    """

    variable: Records
    table: UInt64
    step: Records
    draw: Records
    stage: Records
    relationship: Records
    factor: Records
    end: Int32
    target: Int32
    risk: UInt32
    sums: np.uint64
    mixing: Mixing | None
    presence: Presence | None
    backlogs: BacklogTables | None


class Rows(NamedTuple):
    """The rows that a thread works in, by type; ``mark_words`` is the memory of ``marks``, eight at a time."""

    words: UInt32
    scores: Float32
    fraction: Float32
    packed: UInt64
    ticks: Int32
    values: Float64
    marks: UInt8
    mark_words: UInt64


class KernelPlan(NamedTuple):
    """A plan as the core takes it, and how many rows it needs of each type.

    ``has_constraints`` says whether more than logic binds some task, as the core asks for it: True or None.
    """

    tables: Tables
    clocks: OnClock | None
    has_constraints: bool | None
    tick_rows: int
    value_rows: int
    mark_rows: int

    @property
    def cases(self) -> dict[str, Any]:
        """What tells the cases that are compiled apart, as arguments of an entry."""
        return {"clocks": self.clocks, "has_constraints": self.has_constraints}

    def with_variables(self, variables: Variables) -> "KernelPlan":
        """Return the plan with other values of its variables; what they are drawn for stays as it is."""
        return self._replace(tables=self.tables._replace(**_values(variables)))

    def rows(self) -> Rows:
        """Return the working rows of one thread."""
        mixing = self.tables.mixing
        marks = np.zeros(self.mark_rows * BLOCK // 8, np.uint64)
        marks.view(np.uint8)[:BLOCK] = 1
        values = np.zeros(self.value_rows * BLOCK)
        values[VALUE_ROWS * BLOCK :] = 1.0  # the factor of a risk that never occurs is never drawn
        if self.tables.backlogs is not None:
            values[int(self.tables.backlogs.place) :] = 0.0
        return Rows(
            words=np.zeros(WORD_ROWS * BLOCK, np.uint32),
            scores=np.zeros(0 if mixing is None else (1 + mixing.scored.size) * BLOCK, np.float32),
            fraction=np.zeros(BLOCK, np.float32),
            packed=np.zeros(BLOCK, np.uint64),
            ticks=np.zeros(self.tick_rows * BLOCK, np.int32),
            values=values,
            marks=marks.view(np.uint8),
            mark_words=marks,
        )


def kernel_plan_of(
    variables: Variables,
    draws: Draws,
    network: Network,
    clocks: Clocks | None,
    *,
    risks: Risks,
    costs: Costs,
    correlation: Correlation | None = None,
    lost: LostDays | None = None,
    existence: Existence | None = None,
    backlogs: Backlogs | None = None,
) -> KernelPlan:
    """Return a plan's columns as the core takes them.

    Without ``correlation`` all draws are independent, no calendar loses days without ``lost``, without
    ``existence`` all tasks always exist, and without ``backlogs`` none is a backlog.
    """
    after_factors = VALUE_ROWS + rows_of(draws, FACTOR)
    layout = Layout.of(draws, network, risks, clocks is not None)
    risk = places(layout.occurs, np.arange(risks.threshold.size))
    tables = Tables(
        **_values(variables),
        draw=_draws(draws, risks, layout),
        stage=_stages(draws, network, clocks, layout, risks=risks, costs=costs),
        relationship=_relationships(network, clocks, layout, existence),
        factor=_factors(risks),
        end=network.open_end,
        target=network.target,
        risk=risk,
        sums=np.uint64(layout.need * BLOCK) - DELAY_ROW,
        mixing=None if correlation is None else mixing_of(correlation),
        presence=None if existence is None else presence_of(existence, layout.exists, risk),
        backlogs=None if backlogs is None else backlog_tables(backlogs, after_factors, network.floor.size + 2),
    )
    return KernelPlan(
        tables=tables,
        clocks=None if clocks is None else on_clock_of(clocks, lost),
        has_constraints=True if (network.binding & ~np.uint16(STARTS_SHIFT)).any() else None,
        tick_rows=layout.tick_rows,
        value_rows=after_factors + (0 if backlogs is None else BACKLOG_ROWS),
        mark_rows=layout.exists + (0 if existence is None else group_count(existence)),
    )


def _values(variables: Variables) -> dict[str, Any]:
    """Return the tables of what variables are, whatever they are drawn for."""
    return {
        "variable": _variables(variables),
        "table": np.ascontiguousarray(variables.table).reshape(-1),
        "step": records(threshold=variables.threshold, value=variables.value),
    }


def _variables(variables: Variables) -> Records:
    is_discrete = variables.kind == DISCRETE
    return records(
        low_key=variables.key[:, 0],
        high_key=variables.key[:, 1],
        offset=variables.offset,
        kind=variables.kind,
        is_whole=variables.is_whole,
        table=np.where(is_discrete, 0, variables.row).astype(np.uint32) * np.uint32(CELLS),
        first_step=np.where(is_discrete, variables.row, 0).astype(np.int32),
        last_step=np.where(is_discrete, variables.row + variables.count, 0).astype(np.int32),
    )


def _draws(draws: Draws, risks: Risks, layout: Layout) -> Records:
    """Return the draws; what adds up has the row that it is added to, and always counts where no risk is behind it."""
    role = draws.role
    sums = [(DELAY, DELAY_ROW), (ELAPSED_DELAY, ELAPSED_ROW), (RATE, RATE_ROW)]
    adds_to = np.select([role == one for one, _ in sums], [place for _, place in sums], MONEY_ROW)
    of_backlogs = VALUE_ROWS + rows_of(draws, FACTOR)
    rows = [(OCCURS, layout.occurs), (FACTOR, VALUE_ROWS), (LAG, TICK_ROWS), (ITEMS, of_backlogs)]
    place = np.select([role == one for one, _ in rows], [places(first, draws.operand) for _, first in rows], adds_to)
    occurs = np.where(draws.risk >= 0, places(layout.occurs, draws.risk), np.uint32(ALWAYS))
    priced = np.maximum(draws.priced, 0)
    is_priced = draws.priced >= 0
    return records(
        variable=draws.variable,
        role=role,
        first_factor=np.where(is_priced, risks.factor_offset[priced], 0).astype(np.int32),
        last_factor=np.where(is_priced, risks.factor_offset[priced + 1], 0).astype(np.int32),
        risk=np.where(role == OCCURS, draws.operand, draws.risk),
        place=place.astype(np.uint32),
        occurs=occurs,
    )


def _stages(
    draws: Draws, network: Network, clocks: Clocks | None, layout: Layout, *, risks: Risks, costs: Costs
) -> Records:
    count = network.floor.size
    stage = np.arange(count + 2)

    def padded(column: NDArray[Any]) -> NDArray[Any]:
        """Return a column of the tasks with zeros for the risks and, where it has none, for the project."""
        made = np.zeros(count + 2, column.dtype)
        made[1 : 1 + column.size] = column
        return made

    none = np.zeros(count, np.int32)
    names = ("task", "task_bound", "task_begun", "task_finish", "may_vanish", "needs_clock")
    columns = (padded(none if clocks is None else getattr(clocks, name)) for name in names)
    calendar, bound, begun, finish, may_vanish, needs_clock = columns
    is_bound = padded(network.binding != 0)
    start_work, finish_work = places(layout.start_work, network.slot), places(layout.finish_work, network.slot)
    if clocks is not None:
        calendar[-1] = clocks.project[0]
        from_finish = (network.kind == FS) | (network.kind == FF)
        feeds_finish = np.isin(stage[:count], network.predecessor[from_finish & (clocks.direct != 0)])
        keeps_start = (network.has_start != 0) | (network.binding & (IS_FINISHED | HAS_STARTED) != 0)
        start_work = np.where(keeps_start, start_work, np.uint32(BEGIN))
        finish_work = np.where(feeds_finish, finish_work, np.uint32(DONE))
    elapses = np.isin(stage, np.repeat(stage, np.diff(draws.offset))[draws.role == ELAPSED_DELAY])
    return records(
        first_draw=draws.offset[:-1],
        last_draw=draws.offset[1:],
        first_relationship=padded(network.offset[:-1]),
        last_relationship=padded(network.offset[1:]),
        first_factor=padded(risks.factor_offset[:count]),
        last_factor=padded(risks.factor_offset[1 : count + 1]),
        floor=padded(network.floor),
        plan_duration=padded(network.plan_duration),
        gain_kept=padded(network.gain_kept),
        has_start=padded(network.has_start),
        binding=padded(network.binding),
        bound=padded(network.bound),
        least_finish=padded(network.least_finish),
        begun=padded(network.begun),
        start=padded(places(layout.start, network.slot)),
        finish=padded(places(layout.finish, network.slot)),
        start_work=padded(start_work),
        finish_work=padded(finish_work),
        driver=padded(np.where(network.plane < 0, 0, places(layout.driver, network.plane)).astype(np.uint32)),
        critical=padded(places(layout.critical, np.arange(count))),
        fixed=padded(costs.fixed),
        rate=padded(costs.rate),
        per_day=padded(costs.per_day),
        calendar=calendar,
        bound_instant=bound,
        begun_instant=begun,
        finish_instant=finish,
        may_vanish=may_vanish.astype(np.uint8),
        keeps_driving=((may_vanish != 0) | is_bound).astype(np.uint8),
        shows_start=(padded(network.has_start != 0) | (may_vanish != 0) | is_bound | elapses).astype(np.uint8),
        needs_clock=needs_clock.astype(np.uint8),
    )


def _relationships(network: Network, clocks: Clocks | None, layout: Layout, existence: Existence | None) -> Records:
    degree = np.diff(network.offset)
    number = np.arange(network.kind.size) - np.repeat(network.offset[:-1], degree)
    plane = np.repeat(network.plane, degree)
    slot = network.slot[network.predecessor]
    from_finish = (network.kind == FS) | (network.kind == FF)
    start, finish = places(layout.start, slot), places(layout.finish, slot)
    start_work, finish_work = places(layout.start_work, slot), places(layout.finish_work, slot)
    driver = places(layout.driver, plane + number // 8)
    before, before_work = np.where(from_finish, finish, start), np.where(from_finish, finish_work, start_work)
    binds_finish = (network.kind == FF) | (network.kind == SF)
    need = places(layout.need, number)
    is_sum = binds_finish | (network.lag_row >= 0) | np.repeat((network.binding & SPANS_OTHERS) != 0, degree)
    is_direct = np.ones(number.size, np.uint8) if clocks is None else clocks.direct
    is_sum |= is_direct == 0
    if existence is not None:
        is_sum |= existence.lagged >= 0
    return records(
        binds_finish=binds_finish.astype(np.uint8),
        is_sum=is_sum.astype(np.uint8),
        lag=network.lag,
        before=before,
        before_work=before_work,
        uncertain=np.where(network.lag_row < 0, 0, places(TICK_ROWS, network.lag_row)).astype(np.uint32),
        need=need,
        required=np.where(is_sum, need, before if clocks is None else before_work),
        required_lag=np.where(is_sum, 0, network.lag).astype(np.int32),
        driver=np.where(plane < 0, 0, driver).astype(np.uint32),
        bit=(number % 8).astype(np.uint8),
        critical=places(layout.critical, network.predecessor),
        calendar=np.zeros(number.size, np.int32) if clocks is None else clocks.lag,
        is_direct=is_direct,
    )


def _factors(risks: Risks) -> Records:
    """Return the factors; of a parallel group on one task the last is marked, and every factor in series."""
    stage = np.repeat(np.arange(risks.factor_offset.size - 1), np.diff(risks.factor_offset))
    is_last = np.ones(risks.group.size, np.uint8)
    is_last[:-1] = (risks.group[:-1] < 0) | (np.diff(risks.group) != 0) | (np.diff(stage) != 0)
    return records(place=places(VALUE_ROWS, risks.factor), is_last=is_last)
