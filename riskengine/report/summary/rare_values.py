"""Values of discrete estimates that are drawn too seldom in a run for it to say much of them."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from riskengine.report.reading import rows
from riskengine.report.text.notation import clean
from riskengine.report.text.speech import ENGLISH, Speech
from riskengine.results.run import RunRecord

SEEN_WELL = 10
"""Iterations in which something is to be expected, from which a run shows it."""
MOST_NAMED = 3
WHOLE_OF = {"remaining": "duration", "remaining_work": "work", "remaining_quantity": "quantity"}
"""What is not drawn where a task says what is left of it."""


def rare_value_sentences(run: RunRecord, speech: Speech = ENGLISH) -> list[str]:
    """Say which values of discrete estimates the iterations of a run show too little of, the likeliest estimate first.

    Notes
    -----
    Values of one estimate count together, the rarest first, and equally likely ones all at once: of a hundred values of
    1 % each a run of 300 iterations shows enough, though hardly enough of any one of them.
    """
    if '"discrete"' not in run.scenario_json:
        return []
    iterations = run.manifest["iterations"]
    rare = []
    chance = {row["risk"]: row["probability"] for row in rows(run, "risks", ("risk", "probability"))}
    for path, share, estimate in _discrete_estimates(json.loads(run.scenario_json), chance):
        values, probability = _rare_values(estimate, SEEN_WELL / (share * iterations))
        if values:
            rare.append((-probability * share, path, [_written(value, estimate) for value in values]))
    rare.sort()
    sentences = [
        speech.say(
            "rare_value",
            len(values),
            estimate=clean(path),
            values=speech.names([speech.written(value) for value in values], MOST_NAMED),
            chance=speech.chance(-negative),
            expected=speech.written(f"{-negative * iterations:.2g}"),
            iterations=speech.say("iterations", iterations),
        )
        for negative, path, values in rare[:MOST_NAMED]
    ]
    if len(rare) > MOST_NAMED:
        sentences.append(speech.say("more_rare_values", len(rare) - MOST_NAMED))
    return sentences


def _discrete_estimates(
    scenario: dict[str, Any], chance: Mapping[str, float]
) -> Iterator[tuple[str, float, dict[str, Any]]]:
    """Every discrete estimate that is drawn: where it stands, with which probability it takes effect, what it is."""
    for name, task in scenario.get("tasks", {}).items():
        if task.get("actual_finish"):
            continue
        replaced = [whole for left, whole in WHOLE_OF.items() if task.get(left) is not None]
        drawn = {key: part for key, part in task.items() if key not in replaced}
        yield from _below(drawn, f"tasks.{name}", 1.0)
    for name, cost in scenario.get("costs", {}).items():
        yield from _below(cost, f"costs.{name}", 1.0)
    for name, risk in scenario.get("risks", {}).items():
        if chance[name] > 0:
            yield from _below(risk["impacts"], f"risks.{name}.impacts", chance[name])


def _below(part: Any, path: str, share: float) -> Iterator[tuple[str, float, dict[str, Any]]]:
    if isinstance(part, list):
        for number, inner in enumerate(part):
            name = inner.get("task", number) if isinstance(inner, dict) else number
            yield from _below(inner, f"{path}.{name}", share)
    elif isinstance(part, dict):
        if part.get("shape") == "discrete":
            yield path, share, part
        else:
            for name, inner in part.items():
                yield from _below(inner, f"{path}.{name}", share)


def _rare_values(estimate: dict[str, Any], limit: float) -> tuple[list[float], float]:
    """Return the rarest values that together have less than this probability, and that probability."""
    weights: Counter[float] = Counter()
    for value, weight in zip(estimate["values"], estimate["weights"], strict=True):
        weights[value] += weight
    total = sum(weights.values())
    rare: list[float] = []
    probability = 0.0
    ascending = sorted((weight, value) for value, weight in weights.items() if weight > 0)
    for weight, group in groupby(ascending, key=lambda pair: pair[0]):
        values = [value for _, value in group]
        if probability + weight * len(values) / total >= limit:
            break
        probability += weight * len(values) / total
        rare += values
    return (rare, probability) if len(rare) < len(ascending) else ([], 0.0)


def _written(value: float, estimate: dict[str, Any]) -> str:
    return f"{value:,.10g} {estimate.get('unit', '')}".rstrip()
