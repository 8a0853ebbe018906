"""Compiling the core ahead of its first use, while the package is built: ``python -m riskengine.kernel.ahead``.

Numba compiles for the types of arguments. Those of the core are the same for every plan of a kind, so an empty plan
does as well as a large one.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from riskengine.kernel.block import simulate_blocks
from riskengine.kernel.contract.arrays import (
    CELLS,
    BlockRange,
    Clocks,
    Costs,
    Draws,
    Network,
    Output,
    Risks,
    Sampling,
    Strata,
    Variables,
)
from riskengine.kernel.contract.chains import Chains
from riskengine.kernel.contract.layout import KernelPlan, kernel_plan_of
from riskengine.kernel.contract.mixing import Correlation

I8, I16, I32, I64, U8, U16, U32, U64 = np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64


def examples() -> Iterator[dict[str, Any]]:
    """Yield arguments of ``simulate_blocks`` that simulate nothing, for most kinds of plans.

    Notes
    -----
    Not for levelled ones, not for those in which some task need not exist, and not for correlated ones in which more
    than logic binds some task.
    """
    for clocks in (_clocks(), None):
        kernel_plan = _kernel_plan(clocks)
        for has_constraints in (None, True):
            yield _arguments(kernel_plan._replace(has_constraints=has_constraints))
    for clocks in (_clocks(), None):
        yield _arguments(_kernel_plan(clocks, _correlation()))


def compile_all() -> None:
    """Compile the core for each kind of plan, into the cache folder."""
    for arguments in examples():
        simulate_blocks(**arguments)


def _arguments(kernel_plan: KernelPlan) -> dict[str, Any]:
    output = Output(
        finish=np.zeros((1, 0), I32),
        cost=np.zeros(0),
        count=np.zeros((1, 0), I64),
        square=np.zeros((1, 0), I64),
        full=np.zeros((1, 0), I64),
        start=np.zeros((0, 0), I32),
        end=np.zeros((0, 0), I32),
        duration=np.zeros((0, 0), I32),
        task_cost=np.zeros((0, 0)),
        occurs=np.zeros((0, 0), U8),
        exists=np.zeros((0, 0), U8),
        exists_count=np.zeros(0, I64),
        exists_square=np.zeros(0, I64),
        exists_full=np.zeros(0, I64),
        joint=np.zeros((0, 0), I64),
        line_cost=np.zeros((0, 0)),
        growth=np.zeros((0, 0)),
        endless=np.zeros(0, I64),
    )
    strata = Strata(dimension=np.zeros(0, I16), permutation=np.zeros(0, U8), point=np.zeros(0, U8))
    sampling = Sampling(seed=np.zeros(2, U32), method=0, strata=strata, threshold=np.zeros(0, U64), chains=_chains())
    blocks = BlockRange(first=0, last=0, origin=0, iterations=0, task_iterations=0, risk_iterations=0)
    return {
        "blocks": blocks,
        "sampling": sampling,
        "tables": kernel_plan.tables,
        **kernel_plan.cases,
        "levelling": None,
        "output": output,
        "rows": kernel_plan.rows(),
    }


def _chains() -> Chains:
    none = np.zeros(0, I32)
    return Chains(most=np.zeros(0, U64), offset=np.zeros(1, I32), trigger=none, group=none)


def _kernel_plan(clocks: Clocks | None, correlation: Correlation | None = None) -> KernelPlan:
    none, factors = np.zeros(0, I32), np.zeros(1, I32)
    variables = Variables(
        key=np.zeros((0, 2), U32),
        kind=np.zeros(0, I8),
        is_whole=np.zeros(0, U8),
        offset=np.zeros(0),
        row=none,
        count=none,
        table=np.zeros((0, CELLS), U64),
        threshold=np.zeros(0, U64),
        value=np.zeros(0),
        dimension=np.zeros(0, I16),
    )
    draws = Draws(offset=np.zeros(3, I32), variable=none, role=np.zeros(0, I8), operand=none, risk=none, priced=none)
    network = Network(
        floor=none,
        plan_duration=none,
        gain_kept=np.zeros(0),
        offset=np.zeros(1, I32),
        predecessor=none,
        kind=np.zeros(0, I8),
        lag=none,
        lag_row=none,
        plane=none,
        slot=none,
        has_start=np.zeros(0, U8),
        bound=none,
        least_finish=none,
        begun=none,
        binding=np.zeros(0, U16),
        open_end=none,
        target=none,
    )
    risks = Risks(threshold=np.zeros(0, U64), factor_offset=factors, factor=none, group=none, chains=_chains())
    costs = Costs(fixed=np.zeros(1), rate=np.zeros(1), per_day=np.zeros(1))
    return kernel_plan_of(variables, draws, network, clocks, risks=risks, costs=costs, correlation=correlation)


def _correlation() -> Correlation:
    none = np.zeros(0, I32)
    return Correlation(
        scored=none,
        offset=np.zeros(1, I32),
        score=none,
        load=np.zeros(0, np.float32),
        own_weight=np.zeros(0, np.float32),
        scale=none,
        tail=none,
        scale_table=none,
        to_score=np.zeros(0, U64),
        to_word=np.zeros(0, U64),
        to_scale=np.zeros(0, U64),
        to_tail_word=np.zeros(0, U64),
    )


def _clocks() -> Clocks:
    none, one = np.zeros(0, I32), np.zeros(1, I32)
    return Clocks(
        cell=np.ones(3, U64),
        work_before=none,
        cell_base=one,
        work_start=none,
        work_base=one,
        bound=one,
        start=one,
        task_bound=none,
        task_begun=none,
        task_finish=none,
        task=none,
        lag=none,
        direct=np.zeros(0, U8),
        may_vanish=np.zeros(0, U8),
        needs_clock=np.zeros(0, U8),
        project=one,
    )


if __name__ == "__main__":
    compile_all()
