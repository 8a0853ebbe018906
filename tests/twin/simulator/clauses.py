"""Random scenarios of the generator, with damages and bonuses on some of their dates.

A file of its own, for the generator's seeds name their scenarios for ever.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.twin.simulator.generator import document


def with_clauses(seed: int, plain: Callable[[int], dict[str, Any]] = document) -> dict[str, Any]:
    """A random scenario with damages and bonuses; ``plain`` makes the scenario without."""
    rng = Random(f"clauses {seed}")
    result = plain(seed)
    start = datetime.fromisoformat(str(result.get("data_date") or result["start"]))
    for section in ("damages", "bonuses"):
        names = rng.sample(["delay", "section 8.7", "again"], rng.choice([0, 1, 1, 2]))
        result[section] = {name: clause(rng, start, list(result["tasks"])) for name in names}
    return result


def clause(rng: Random, start: datetime, tasks: list[str]) -> dict[str, Any]:
    """One clause, near to where the small projects of the generator end."""
    moment = start + timedelta(days=rng.randint(0, 40))
    written = moment.date() if rng.random() < 0.6 else moment.replace(hour=rng.choice([0, 8, 12, 17]), minute=0)
    return {
        "date": written.isoformat(),
        "rate": rng.choice([100, 250.5]),
        **({"target": rng.choice([*tasks, "project"])} if rng.random() < 0.7 else {}),
        **({"per": rng.choice(["day", "week"])} if rng.random() < 0.6 else {}),
        **({"most": rng.choice([100, 300, 1000])} if rng.random() < 0.5 else {}),
    }
