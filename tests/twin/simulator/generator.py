"""Random scenarios as people would write them: every rule of the format, small numbers, many ties.

Boundaries are where engines differ, so most times are whole hours and days, constant or discrete, and half of the
shifts begin and end at the same few hours. A seed names a scenario for ever, as long as this file stays as it is.
"""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from tests.twin.simulator.generated_correlations import with_correlations

Document = dict[str, Any]

WEEKS: list[Any] = [
    "mon-fri 08:00-12:00 13:00-17:00",
    "mon-sat 06:00-14:00",
    "mon-sun 00:00-24:00",
    "mon-fri 22:00-06:00",
    "sun-thu 20:00-04:00",
    ["mon-thu 08:00-12:00 13:00-17:00", "fri 08:00-13:00"],
    ["mon,wed,fri 09:00-17:00"],
    "sat,sun 08:00-12:00 12:30-16:30",
    "wed 10:00-18:00",
    "mon-fri 06:00-14:00 14:00-22:00",
    ["mon-fri 07:15-11:45 12:30-16:00", "sat 07:15-11:45"],
]
SHAPES = ["constant"] * 6 + ["discrete"] * 4 + [
    "uniform", "triangular", "triangular", "pert", "pert", "trigen", "normal", "lognormal", "exponential", "beta",
    "double_triangular", "gamma", "weibull",
]  # fmt: skip
PER_DAY = {"h": 8, "d": 1, "w": 0.2, "mo": 0.04, "eh": 24, "ed": 1}


def document(seed: int) -> Document:
    """One random scenario in the written form of the format."""
    result = with_correlations(_Writer(Random(seed)).document(), Random(f"correlations {seed}"))
    return with_status(with_actions(result, Random(f"actions {seed}")), Random(f"status {seed}"))


def with_status(result: Document, rng: Random) -> Document:
    """Let some risks have occurred, be over, or be exposed for a while: by a generator of its own, as above."""
    if rng.random() < 0.7 or "correlations" in result:
        return result
    for risk in result.get("risks", {}).values():
        choice = rng.random()
        if choice < 0.5:
            risk["status"] = rng.choice(["occurred", "occurred", "closed", "open"])
        elif choice < 0.8:
            begin = date(2027, 2, 1) + timedelta(days=rng.randrange(40))
            risk["exposure"] = {"from": begin, "to": begin + timedelta(days=rng.randrange(60))}
    return result


def with_actions(result: Document, rng: Random) -> Document:
    """Treat some of the risks, by actions in force and others: by a generator of its own, as above."""
    if rng.random() < 0.6 or "correlations" in result:
        return result
    tasks = result["tasks"]
    named = {
        link.split(" ")[0] if isinstance(link, str) else link["task"]
        for t in tasks.values()
        for link in t.get("after", [])
    }
    last = [id for id in tasks if id not in named and id not in result.get("targets", []) and len(tasks) > 2][:1]
    actions: Document = {}
    for number in range(rng.randint(1, 3)):
        action: Document = {"active": rng.random() < 0.6}
        if rng.random() < 0.5 or not result.get("risks"):
            action["cost"] = rng.choice([1000, {"shape": "discrete", "values": [0, 50], "weights": [1, 1]}])
        if last and rng.random() < 0.4:
            action["task"] = last.pop()
        effects = {
            id: effect_on(risk, rng, number) for id, risk in result.get("risks", {}).items() if rng.random() < 0.5
        }
        effects = {id: effect for id, effect in effects.items() if effect}
        if effects:
            action["effects"] = effects
            if len(effects) == 1 and not {"impacts", "impact_factor"} & next(iter(effects.values())).keys():
                action["chance"] = rng.choice([1, 0.75, 0.5])
        if len(action) > 1:
            actions[f"a{number}"] = action
    if actions:
        result["actions"] = actions
    return result


def effect_on(risk: Document, rng: Random, number: int) -> Document:
    """What an action may change of a risk: what it sets only the first does, for no two may."""
    effect: Document = {}
    kinds = {kind for impact in risk["impacts"].values() for kind in impact}
    choice = rng.random()
    if choice < 0.3 and number == 0:
        effect["probability"] = rng.choice([0, 1, 0.25, risk["probability"]])
    elif choice < 0.6:
        effect["probability_factor"] = rng.choice([0, 0.5, 1])
    if rng.random() < 0.4 and not kinds & {"factor", "cost_factor"}:
        effect["impact_factor"] = rng.choice([0, 0.5, 0.125])
    if rng.random() < 0.4 and number == 0:
        key = rng.choice(list(risk["impacts"]))
        effect["impacts"] = {key: {kind: 0 if kind in ("delay", "cost") else 1 for kind in risk["impacts"][key]}}
        if "delay" in risk["impacts"][key] and risk["kind"] != "opportunity":
            effect["impacts"][key]["delay"] = "6h"
    return effect


class _Writer:
    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.calendars: dict[str, Document] = {}
        self.tasks: dict[str, Document] = {}
        self.default_shape = "pert"
        self.one_calendar = self.chance(0.35)
        self.clock_units = [] if self.one_calendar else ["ed", "eh"]

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def document(self) -> Document:
        rng = self.rng
        start: date = date(2027, 3, 1) + timedelta(days=rng.randrange(9))
        if self.chance(0.3):
            start = datetime(start.year, start.month, start.day, rng.randrange(24), rng.choice([0, 0, 15, 30]))
        result: Document = {"schema": 1, "name": "random", rng.choice(["start", "start", "data_date"]): start}
        if self.chance(0.6):
            choices = ["predecessor", "successor", "project", *([] if self.one_calendar else ["24h"])]
            result["lag_calendar"] = rng.choice(choices)
        if self.chance(0.3):
            result["minimum_duration"] = rng.choice(["4h", "1d", 0.5, "90h"] if self.chance(0.5) else ["1h", "2h"])
        if self.chance(0.2):
            self.default_shape = rng.choice(["pert", "triangular", "uniform"])
            result["defaults"] = {"shape": self.default_shape}
        self.calendars = {f"c{k}": self.calendar(start) for k in range(rng.choice([0, 0, 1, 1, 2, 3]))}
        self.names = [*self.calendars, *(["standard", "24h"] if self.chance(0.4) else [])] or ["standard"]
        if self.calendars or self.chance(0.5):
            result["calendar"] = rng.choice(self.names)
        self.of_tasks = rng.choice(self.names) if self.chance(0.3) else ""
        if self.calendars:
            result["calendars"] = self.calendars
        if self.chance(0.3):
            result["resources"] = {"crew": {"rate": 100}, "crane": {"rate": 950.5}}
        resources = list(result.get("resources", {}))
        count = rng.randint(1, 15)
        for number in range(count):
            id = f"t{number:02d}" if number % 5 != 3 else f"task {number}"
            self.tasks[id] = self.task(resources)
        result["tasks"] = self.tasks
        if self.chance(0.4):
            result["targets"] = sorted(rng.sample(list(self.tasks), rng.randint(1, min(3, count))))
        if self.chance(0.3):
            result["costs"] = {"site": {"rate": self.money(5)}, "bond": {"fixed": self.money(90)}}
        self.parallel = rng.choice([0.0, 0.2, 0.9])
        risks = {f"r{k}": self.risk() for k in range(rng.choice([0, 0, 1, 2, 4, 7]))}
        if risks:
            result["risks"] = {id: risk for id, risk in risks.items() if risk["impacts"]}
        return result

    # Calendars --------------------------------------------------------------------------------------------------

    def calendar(self, start: date) -> Document:
        rng = self.rng
        first = date(start.year, start.month, start.day)
        result: Document = {"week": rng.choice(WEEKS)}
        if self.chance(0.4):
            day = first + timedelta(days=rng.randrange(20))
            result["holidays"] = [day, f"{day + timedelta(days=3)}..{day + timedelta(days=5)}"]
        if self.chance(0.4):
            shifts = ["off", "09:00-12:00", "00:00-24:00", "20:00-24:00", "10:00-10:30 11:00-19:00"]
            days = rng.sample(range(30), 3)
            result["exceptions"] = {str(first + timedelta(days=day)): rng.choice(shifts) for day in days}
        if self.chance(0.2):
            result["hours_per_day"] = rng.choice([4, 7.5, 8, 10])
        return result

    # Tasks ------------------------------------------------------------------------------------------------------

    def task(self, resources: list[str]) -> Document:
        rng = self.rng
        result: Document = {}
        if self.chance(0.2):
            result["milestone"] = True
        else:
            unit = rng.choice(["", "", "d", "d", "h", "w", "mo", *(self.clock_units if self.chance(0.15) else [])])
            result["duration"] = self.estimate(0, rng.choice([3, 6, 12]), unit)
        if self.one_calendar and self.of_tasks:
            result["calendar"] = self.of_tasks
        elif not self.one_calendar and self.chance(0.5):
            result["calendar"] = rng.choice(self.names)
        earlier = list(self.tasks)
        links = rng.choices(earlier, k=rng.choice([0, 1, 1, 2, 2, 3, 4])) if earlier else []
        if links:
            result["after"] = [self.link(id) for id in links]
        if self.chance(0.4):
            result["cost"] = {rng.choice(["fixed", "rate"]): self.money(20)}
            if self.chance(0.5):
                result["cost"] |= {"fixed": self.money(500), "rate": self.money(30)}
        if resources and self.chance(0.4):
            result["resources"] = {rng.choice(resources): rng.choice([1, 2, 0.5])}
        if self.chance(0.5):
            result["team"] = rng.choice(["red", "blue"])
        if self.chance(0.5):
            result["tags"] = rng.sample(["hot", "cold", "new"], rng.randint(1, 2))
        if self.chance(0.5):
            result["wbs"] = rng.choice(["1", "1.1", "1.1.2", "1.10", "2", "2.1"])
        return result

    def link(self, id: str) -> Any:
        rng = self.rng
        kind = rng.choice(["FS", "FS", "SS", "FF", "SF"])
        if self.chance(0.3):
            return id if " " not in id and self.chance(0.5) else {"task": id, "type": kind}
        unit = rng.choice(["", "d", "h", *self.clock_units])
        if self.chance(0.35):
            return {"task": id, "type": kind, "lag": self.estimate(*rng.choice([(-3, 4), (0, 3), (-4, 0)]), unit)}
        size = rng.choice([1, 1, 2, 3, 5, 0.5]) * (1 if unit in ("", "d", "ed") else 4)
        size *= rng.choice([1, -1])
        if " " in id or self.chance(0.3):
            return {"task": id, "type": kind, "lag": size if not unit else f"{size}{unit}"}
        return f"{id} {kind}{size:+}{unit}"

    # Risks ------------------------------------------------------------------------------------------------------

    def risk(self) -> Document:
        rng = self.rng
        kind = rng.choice(["threat", "threat", "opportunity", "driver"])
        result: Document = {"kind": kind, "probability": rng.choice([0, 1, 1, 0.5, 0.5, 0.3, round(rng.random(), 3)])}
        if self.chance(self.parallel):
            result["parallel"] = rng.choice(["weather", "weather", "people"])
        if self.chance(0.4):
            result["impact_sampling"] = rng.choice(["shared", "independent"])
        if self.chance(0.1):
            result["active"] = False
        taken: set[tuple[str, str]] = set()
        result["impacts"] = {}
        for key in dict.fromkeys(rng.choices(self.selectors(), k=rng.choice([1, 1, 2, 3]))):
            targets = self.meant(key)
            kinds = [k for k in self.kinds(key) if not any((target, k) in taken for target in targets)]
            taken |= {(target, k) for target in targets for k in kinds}
            if kinds:
                result["impacts"][key] = {k: self.impact(k, kind) for k in kinds}
        return result

    def kinds(self, key: str) -> list[str]:
        possible = (
            ["delay", "cost"]
            if key == "project"
            else ["delay", "cost", *["factor"] * (8 if self.parallel > 0.5 else 2)]
        )
        return sorted(set(self.rng.choices(possible, k=self.rng.choice([1, 1, 2]))))

    def selectors(self) -> list[str]:
        possible = [
            "*",
            "*",
            "project",
            "project",
            "project",
            "team:red",
            "team:blue",
            "tag:hot",
            "tag:new",
            "wbs:1",
            "wbs:1.1",
            "wbs:2",
        ]
        few = [*possible, *self.tasks]
        return [key for key in few if self.meant(key)]

    def meant(self, key: str) -> set[str]:
        """Tasks that a key means, because two impacts of one kind on a task are refused and so is an empty selector."""
        word, _, value = key.partition(":")
        if key == "project":
            return {"project"}
        return {
            id
            for id, task in self.tasks.items()
            if key in ("*", id)
            or (word == "team" and task.get("team") == value)
            or (word == "tag" and value in task.get("tags", []))
            or (word == "wbs" and f"{task.get('wbs', '')}.".startswith(f"{value}."))
        }

    def impact(self, kind: str, risk: str) -> Any:
        rng = self.rng
        if kind == "factor":
            low, high = {"threat": (1, 2), "opportunity": (0.25, 1), "driver": (0.5, 2)}[risk]
            return self.estimate(low, high, None)
        sign = {"threat": 1, "opportunity": -1, "driver": rng.choice([-1, 1])}[risk]
        low, high = sorted([0, sign * rng.choice([2, 4])])
        if kind == "cost":
            return self.estimate(low * 100, high * 100, None)
        return self.estimate(low, high, rng.choice(["", "d", "h", *self.clock_units]))

    # Numbers ----------------------------------------------------------------------------------------------------

    def money(self, size: float) -> Any:
        return self.estimate(0, size, None)

    def estimate(self, low: float, high: float, unit: str | None) -> Any:
        """An estimate within [low, high] days (or as many hours ...), None as the unit of money and factors."""
        rng = self.rng
        size = PER_DAY[unit] if unit else 1
        shape = rng.choice(SHAPES)
        grid = [round((low + (high - low) * k / 12) * size * 2) / 2 for k in range(13)]
        if unit is None and high <= 2:
            grid = [low + (high - low) * k / 12 for k in range(13)]
        if unit in ("w", "mo"):
            grid = [round((low + (high - low) * k / 12) * size, 1) for k in range(13)]
        a, b, c = sorted(rng.sample(grid, 3))

        def number(value: float) -> Any:
            return f"{value}{unit}" if unit else value

        if shape == "constant":
            return number(rng.choice(grid))
        if shape == "discrete":
            values = sorted(set(rng.sample(grid, rng.randint(2, 4))))
            weights = [rng.choice([1, 2, 0.5, 3]) for _ in values]
            return {"shape": "discrete", "values": [number(v) for v in values], "weights": weights}
        if not a < b < c:
            return number(b)
        if shape in ("triangular", "pert", "trigen") and self.chance(0.4):
            bounds = [number(rng.choice([a, b])), number(b), number(c)]
            return bounds[1:] if self.default_shape == "uniform" else bounds
        return self.table(shape, a, b, c, low * size, high * size, number)

    def table(self, shape: str, a: float, b: float, c: float, low: float, high: float, number: Any) -> Document:
        rng = self.rng
        result: Document = {"shape": shape}
        limits: Document = {"min": number(low), "max": number(high)}
        if shape in ("triangular", "pert", "trigen"):
            result |= {"low": number(a), "most_likely": number(rng.choice([a, b, b, c])), "high": number(c)}
        if shape == "pert" and self.chance(0.3):
            result["lambda"] = rng.choice([2, 8])
        if shape in ("pert", "uniform") and Random(f"{shape} {a} {b} {c}").random() < 0.15:  # moves no other draw
            if shape == "pert":
                result["most_likely"] = number(b)
            result |= {"low_is": "p10", "high_is": "p95", **limits}
        if shape == "trigen":
            result |= {"most_likely": number(b), **limits}
            if self.chance(0.5):
                result |= {"low_percentile": 0.05, "high_percentile": 0.8}
        if shape == "uniform":
            result |= {"low": number(a), "high": number(c)}
        if shape == "beta":
            result |= {"low": number(a), "high": number(c), "alpha": rng.choice([0.7, 2]), "beta": rng.choice([1.5, 5])}
        if shape == "normal":
            result |= {"mean": number(b), "sd": number((c - a) / 3), **limits}
        if shape == "double_triangular":
            result |= {
                "low": number(a),
                "most_likely": number(b),
                "high": number(c),
                "weight_below": rng.choice([0.3, 0.5]),
            }
        if shape in ("lognormal", "exponential", "gamma", "weibull"):
            if low < 0:
                return {"shape": "uniform", "low": number(a), "high": number(c)}
            if shape == "weibull":
                result |= {"scale": number(max(b, (high - low) / 4)), "form": rng.choice([0.8, 2])} | limits
            else:
                mean = {"mean": number(max(b, (high - low) / 4))}
                result |= mean | ({"sd": number((c - a) / 2)} if shape != "exponential" else {}) | limits
            if low > 0 and self.chance(0.3):
                result["shift"] = number(low / 2)
        if shape in ("triangular", "pert", "uniform") and self.chance(0.15) and "low_is" not in result:
            result |= {"min": number(a + (c - a) / 4), "max": number(c - (c - a) / 4)}
        return result
