"""Random scenarios in which risks delay relationships.

A file of its own, for the generator's seeds name their scenarios for ever.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from tests.twin.simulator.generator import Document, document

SPANS = ("summary", "level of effort")
ON_CLOCK = re.compile(r"[0-9.]e[dh]$")


def relationships(tasks: Document) -> Iterator[tuple[str, str, str, bool]]:
    """Predecessor, successor and type of every relationship, and whether its lag is elapsed time."""
    for id, task in tasks.items():
        for link in task.get("after", []):
            if isinstance(link, dict):
                yield link["task"], id, link.get("type", "FS"), "'ed" in repr(link) or is_elapsed(link.get("lag", 0))
            elif link in tasks:
                yield link, id, "FS", False
            else:
                before, kind, lag = re.fullmatch(r"(.*) (FS|SS|FF|SF)(.*)", link).groups()
                yield before, id, kind, is_elapsed(lag)


def is_elapsed(lag: Any) -> bool:
    """Whether a lag is on the clock: every time in it is."""
    if isinstance(lag, dict):
        return any(is_elapsed(value) for key, value in lag.items() if key not in ("shape", "weights"))
    if isinstance(lag, list):
        return any(is_elapsed(value) for value in lag)
    return isinstance(lag, str) and ON_CLOCK.search(lag) is not None


def delayed(seed: int, plain: Callable[[int], Document] = document) -> Document:
    """A random scenario of a kind, with risks on some of its relationships."""
    rng = Random(f"delayed relationships {seed}")
    result = plain(seed)
    tasks = result["tasks"]
    repeated = {id for loop in result.get("rework", {}).values() for id in loop["tasks"]}
    every = list(relationships(tasks))
    pairs = Counter((before, after) for before, after, _, _ in every)
    types = Counter((before, after, kind) for before, after, kind, _ in every)
    usable = [
        each
        for each in every
        if types[each[:3]] == 1
        and not repeated & {*each[:2]}
        and not any(tasks[id].get("type") in SPANS for id in each[:2])
        and not (each[2] in ("SS", "SF") and result.get("schedule", {}).get("start_lag") == "actual start")
    ]
    often = rng.choice([0.3, 0.6, 1.0])
    risks = dict(result.get("risks", {}))
    for number in range(rng.choice([1, 2, 3])):
        chosen = [each for each in usable if rng.random() < often]
        if not chosen:
            continue
        kind = rng.choice(["threat", "threat", "opportunity", "driver"])
        impacts = {}
        for before, after, type_, is_clock in chosen:
            key = f"{before} -> {after}" + (f" {type_}" if pairs[before, after] > 1 or rng.random() < 0.3 else "")
            on_clock = is_clock or result.get("lag_calendar") == "24h"
            impact: Document = {"delay": delay(rng, kind, "ed" if on_clock and rng.random() < 0.3 else "")}
            if rng.random() < 0.6:
                impact["waiting_rate"] = rng.choice([100, 250.5])
            impacts[key] = impact
        probability = rng.choice([0, 1, 0.5, 0.5, 0.3, round(rng.random(), 3)])
        risks[f"wait {number}"] = {"kind": kind, "probability": probability, "impacts": impacts}
        if rng.random() < 0.3:
            risks[f"wait {number}"]["impact_sampling"] = "shared"
        if rng.random() < 0.15:
            risks[f"wait {number}"]["status"] = "occurred"
    if risks:
        result["risks"] = risks
    return result


def delay(rng: Random, kind: str, clock: str) -> Any:
    """A delay that suits a kind of risk: no more than a few days of either sign."""
    signs = {"threat": (1,), "opportunity": (-1,), "driver": (1, -1)}[kind]
    sign = rng.choice(signs)
    unit = clock or rng.choice(["", "d", "h"])
    size = 8 if unit == "h" else 1
    low, middle, high = sorted(sign * size * each for each in rng.sample([0, 0.5, 1, 2, 4], 3))

    def written(value: float) -> Any:
        return f"{value}{unit}" if unit else value

    shape = rng.choice(["constant", "constant", "discrete", "discrete", "triangular", "uniform"])
    if shape == "constant":
        return written(high or low)
    if shape == "discrete":
        return {"shape": "discrete", "values": [written(v) for v in (low, middle, high)], "weights": [1, 2, 1]}
    if shape == "uniform":
        return {"shape": "uniform", "low": written(low), "high": written(high)}
    return {"shape": "triangular", "low": written(low), "most_likely": written(middle), "high": written(high)}
