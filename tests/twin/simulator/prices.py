"""Indices of prices in plain Python, and random scenarios whose costs follow some."""

from random import Random
from typing import Any

from riskengine.model import PriceIndex, Scenario

Month = tuple[int, int]


def price(scenario: Scenario, id: str, month: Month, growth: float) -> float:
    """What prices are in a month against those of the index's base; 1 without an index."""
    if not id:
        return 1.0
    index = scenario.indices[id]
    base = index.base or f"{scenario.first_start:%Y-%m}"
    return standing(index, month, growth) / standing(index, month_of(base), growth)


def standing(index: PriceIndex, month: Month, growth: float) -> float:
    """What an index stands at, walked month by month; one without values stands at 1 in January 2020."""
    values = {month_of(name): value for name, value in index.values.items()}
    each_month = (1 + growth) ** (1 / 12)
    if not values:
        return float((1 + growth) ** (month[0] - 2020 + (month[1] - 1) / 12))
    at, last = min(values), max(values)
    if month < at or (month > last and index.rate is None):
        raise LookupError(index.id, month)
    level = values[at]
    while at != month:
        at = (at[0] + 1, 1) if at[1] == 12 else (at[0], at[1] + 1)
        level = values.get(at, level * each_month if at > last else level)
    return level


def month_of(name: str) -> Month:
    """Year and month of a name such as 2027-01."""
    year, _, month = name.partition("-")
    return int(year), int(month)


def priced(seed: int, document: dict[str, Any]) -> dict[str, Any]:
    """A random scenario with indices, which some of its costs follow."""
    rng = Random(f"indices {seed}")
    result = dict(document)
    rates = [0.3, -0.2, {"shape": "triangular", "low": -0.4, "most_likely": 0.2, "high": 1.5}]
    values = {"2020-05": 80, "2027-02": 100.5, "2027-03": 120, "2027-05": 90}
    result["indices"] = {
        "steel": {"values": values, "rate": rng.choice(rates), "base": rng.choice(["2026-11", "2027-03", "2029-01"])},
        "wages": {"rate": rng.choice(rates)},
    }
    for task in result["tasks"].values():
        is_late = "ALAP" in str(task.get("constraints"))
        if isinstance(task.get("cost"), dict) and rng.random() < 0.7 and not is_late:
            task["cost"] = {**task["cost"], "index": rng.choice(["steel", "wages"])}
    hit = [key for risk in result.get("risks", {}).values() for key in risk.get("impacts", {})]
    if not any(str(key).startswith("cost:") or key in ("project", "*") for key in hit):
        result["costs"] = {
            **{id: {**line, "index": "steel"} for id, line in result.get("costs", {}).items()},
            "camp": {"rate": rng.choice([7, {"shape": "uniform", "low": 3, "high": 9}]), "index": "wages"},
            "bond": {"fixed": 90},
        }
    return result
