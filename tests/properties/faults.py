"""Deliberate faults, switched on in tests only: a property that holds with the fault on holds nothing."""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import riskengine.engine.blocks.run
import riskengine.plan

Patch = Callable[[pytest.MonkeyPatch], None]


def in_plan(change: Callable[[Any], Any]) -> Patch:
    """A fault in the compiled plan."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        compile_plan = riskengine.plan.compile
        monkeypatch.setattr(riskengine.plan, "compile", lambda *a, **k: change(compile_plan(*a, **k)))

    return patch


def part(name: str, **arrays: Callable[[Any], Any]) -> Patch:
    """A fault in some arrays of one part of the plan, each a function of that part."""

    def change(plan: Any) -> Any:
        old = getattr(plan, name)
        new = old._replace(**{key: function(old) for key, function in arrays.items()})
        return dataclasses.replace(plan, **{name: new})

    return in_plan(change)


def rows_as_keys(variables: Any) -> Any:
    """Keys that count the variables instead of naming them."""
    rows = np.arange(variables.key.shape[0], dtype=np.uint32)
    return np.ascontiguousarray(np.stack([rows, rows], axis=1))


streams_by_position = part("variables", key=rows_as_keys)
one_tick_on_constants = part("variables", offset=lambda v: np.where(v.kind == 0, v.offset + 1, v.offset))
risks_always = part("risks", threshold=lambda r: np.zeros_like(r.threshold))
risks_never = part("risks", threshold=lambda r: np.full_like(r.threshold, 1 << 32))
lost_predecessors = part("network", kind=lambda n: np.full_like(n.kind, 1))
lag_in_wrong_unit = part("network", lag=lambda n: n.lag // 24)


def lost_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last block of every chunk is never computed."""
    simulate_blocks = riskengine.engine.blocks.run.simulate_blocks
    monkeypatch.setattr(
        riskengine.engine.blocks.run,
        "simulate_blocks",
        lambda blocks, **rest: simulate_blocks(blocks=blocks._replace(last=max(blocks.first, blocks.last - 1)), **rest),
    )


def seed_by_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every chunk of blocks draws from a seed of its own, as a worker with its own generator would."""
    simulate_blocks = riskengine.engine.blocks.run.simulate_blocks

    def simulate(blocks: Any, sampling: Any, **rest: Any) -> None:
        seed = sampling.seed.copy()
        seed[1] ^= np.uint32(blocks.first)
        simulate_blocks(blocks=blocks, sampling=sampling._replace(seed=seed), **rest)

    monkeypatch.setattr(riskengine.engine.blocks.run, "simulate_blocks", simulate)
