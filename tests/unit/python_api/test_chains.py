"""Random chains of ``changed`` against files that say the same, valid and invalid ones."""

import copy
import json
import random
import tomllib
from functools import partial

import pytest

import riskengine

PLAN = tomllib.loads("""
schema = 1
name = "Chain"
project = "Chain"
start = 2027-03-01T08:00:00
currency = "EUR"
defaults.shape = "pert"
defaults.risk.shape = "triangular"
calendars.six = { week = ["mon-sat 08:00-14:00"] }
[templates.wide]
select = "tag:wide"
range = [0.9, 1.0, 1.4]
[resources.crew]
rate = 500
[tasks.a]
duration = [2, 3, 5]
cost = { fixed = [100, 200, 400], rate = 50 }
[tasks."b.1"]
duration = { low = 1, most_likely = 2, high = 6 }
after = ["a"]
team = "Civil"
[tasks."c d"]
duration = "4d"
tags = ["wide"]
after = ["a SS+1d", "b.1"]
resources = { crew = 2 }
[tasks.end]
milestone = true
after = ["c d"]
[risks.R1]
probability = 0.3
impacts.a.delay = [1, 2, 3]
impacts."team:Civil".factor = [1.0, 1.1, 1.5]
[risks."R.2"]
probability = 0.1
impacts.project.cost = 5000
[gates.g]
finish = 2027-04-01
confidence = 0.8
[costs.overhead]
rate = 100
""")  # fmt: skip
FEWEST, MOST = 3, 12


def quoted(key):
    """A key as it stands in a path, in quotes of either kind where it needs them."""
    return key if key.isidentifier() else f"'{key}'" if " " in key else f'"{key}"'


def estimate(rng):
    """An estimate, one in eight of them unsound."""
    low, likely, high = sorted(rng.randint(1, 20) for _ in range(3))
    if rng.random() < 0.12:
        low, high = high + 1, low
    return rng.choice(
        [
            [low, likely, high],
            f"{likely}d",
            likely,
            {"low": low, "most_likely": likely, "high": high, "shape": "triangular"},
            {"low": low, "high": high, "shape": "uniform"},
            {"mean": likely, "sd": 1, "shape": "normal", "min": 0.5},
        ]
    )


def step(rng, document):
    """One change: its place and its value."""
    tasks, risks = list(document["tasks"]), list(document.get("risks", {}))
    return rng.choice(KINDS)(rng, document, rng.choice(tasks), rng.choice([*risks, "R9"]))


def duration(rng, document, task, risk):
    """A duration."""
    return ("tasks", task, "duration"), estimate(rng)


def probability(rng, document, task, risk):
    """A probability, of a risk that may not be there."""
    return ("risks", risk, "probability"), rng.choice([0.0, 0.25, 1, 0.5, 1.5])


def impact(rng, document, task, risk):
    """An impact, of a risk that may not be there on a task that is."""
    return ("risks", risk, "impacts", task, rng.choice(["delay", "factor", "cost"])), estimate(rng)


def cost(rng, document, task, risk):
    """A part of the cost of a task."""
    return ("tasks", task, "cost", rng.choice(["fixed", "rate"])), rng.choice([10, [1, 2, 3], 0])


def whole_task(rng, document, task, risk):
    """A new task, or more of one that is there."""
    name = rng.choice([task, f"n.{rng.randint(1, 4)}"])
    return ("tasks", name), {"duration": estimate(rng), "after": rng.choice([[], ["a"], [task], ["gone"]])}


def without_entity(rng, document, task, risk):
    """A task, risk or gate that goes."""
    return rng.choice([("tasks", task), ("risks", risk), ("gates", "g")]), None


def without_field(rng, document, task, risk):
    """A field of a task that goes."""
    return ("tasks", task, rng.choice(["after", "cost", "tags", "team", "resources", "duration"])), None


def relationships(rng, document, task, risk):
    """Predecessors, which may make a circle."""
    return ("tasks", task, "after"), [f"{rng.choice(list(document['tasks']))} {rng.choice(['FS', 'SS+1d', 'FF-2h'])}"]


def setting(rng, document, task, risk):
    """Something that holds for all."""
    return rng.choice(
        [
            (("calendar",), rng.choice(["six", "24h", "sevn"])),
            (("defaults", "shape"), rng.choice(["pert", "triangular", "betta"])),
            (("defaults", "task", "calendar"), "six"),
            (("name",), "Chain of changes"),
            (("gates", "g", "confidence"), 0.9),
            (("templates", "wide", "range"), [0.5, 1.0, 2.0]),
            (("tasks", task, "nme"), "x"),
        ]
    )


KINDS = [
    duration,
    duration,
    probability,
    impact,
    cost,
    whole_task,
    without_entity,
    without_field,
    relationships,
    setting,
]
SECTIONS = ("tasks", "risks", "gates", "templates")
EXCLUSIVE = {"duration": "milestone", "milestone": "duration"}


def said(document, place, value):
    """The document that says so, by plain assignment; None where there is nothing to take out or to change."""
    document = copy.deepcopy(document)
    here = document
    for depth, key in enumerate(place[:-1]):
        if depth == 1 and place[0] in SECTIONS and key not in here:
            return None
        if key not in here and value is None:
            return None
        here = here.setdefault(key, {})
    last = place[-1]
    if value is None:
        if last not in here:
            return None
        del here[last]
        return document
    if len(place) == 2 and isinstance(value, dict) and last in here:
        here[last].update(value)
        here[last].pop("milestone", None)
        return document
    here[last] = value
    if len(place) == 3 and place[0] == "tasks" and last in EXCLUSIVE:
        here.pop(EXCLUSIVE[last], None)
    return document


def path_of(place):
    """The place as a path."""
    return ".".join(map(quoted, place))


def outcome(make):
    """The resolved form of a scenario, or the codes and paths of its faults."""
    try:
        return make().to_json()
    except riskengine.ScenarioError as error:
        return sorted((issue.code, issue.path) for issue in error.issues)


def follow(seed, folder):
    """Follow one chain and return how many steps were sound, unsound, and changed nothing that is there."""
    rng = random.Random(seed)
    document, file = copy.deepcopy(PLAN), folder / "plan.json"
    scenario, counts = riskengine.read(PLAN), {"sound": 0, "unsound": 0, "nothing": 0}
    for _ in range(rng.randint(FEWEST, MOST)):
        place, value = step(rng, document)
        path, after = path_of(place), said(document, place, value)
        changed = outcome(partial(scenario.changed, {path: value}))
        if after is None:
            counts["nothing"] += 1
            assert changed[0][0] == "RE921", (seed, path, value, changed)
            continue
        file.write_text(json.dumps(after, default=str), encoding="utf-8")
        assert changed == outcome(partial(riskengine.read, file)), (seed, path, value)
        counts["sound" if isinstance(changed, str) else "unsound"] += 1
        if isinstance(changed, str):
            document, scenario = after, scenario.changed({path: value})
    return counts


def check(seeds, folder):
    """Follow chains, and see that there were steps of every kind."""
    found = [follow(seed, folder) for seed in seeds]
    for kind in ("sound", "unsound", "nothing"):
        assert sum(counts[kind] for counts in found) > len(found) / 4


def test_chains_of_changes_are_what_files_say(tmp_path):
    check(range(60), tmp_path)


@pytest.mark.slow
def test_a_thousand_chains_of_changes_are_what_files_say(tmp_path):
    check(range(1000, 2000), tmp_path)
