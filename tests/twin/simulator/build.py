"""Scenarios in a few words, as model objects, for tests that are computed by hand."""

import re
from datetime import date, datetime

from riskengine.model import (
    AnyEstimate,
    Calendar,
    Constant,
    CostLine,
    Impact,
    Interval,
    LostDays,
    Relationship,
    Resource,
    Risk,
    Scenario,
    Task,
    TaskCost,
    Uniform,
)

MONDAY = datetime(2027, 3, 1)

OFFICE_DAY = ((480, 720), (780, 1020))
NIGHT = (1320, 1440)
MORNING = (0, 360)
CALENDARS = {
    "office": ((OFFICE_DAY,) * 5 + ((), ()), 8.0),
    "six": ((((360, 840),),) * 6 + ((),), 8.0),
    "night": (((NIGHT,),) + ((MORNING, NIGHT),) * 4 + ((MORNING,), ()), 8.0),
    "24h": ((((0, 1440),),) * 7, 24.0),
}


def calendar(
    id: str,
    exceptions: dict[date, tuple[Interval, ...]] | None = None,
    lost: dict[str, float | str] | None = None,
) -> Calendar:
    """One of the calendars of these tests: office 8-12 13-17, six mon-sat 6-14, night 22-6, 24h."""
    week, hours = CALENDARS[id]
    days = None if lost is None else LostDays(**lost)
    return Calendar(id=id, week=week, hours_per_day=hours, exceptions=exceptions or {}, lost=days)


def time(text: str | float) -> AnyEstimate:
    """`5` or `"5d"` is constant, `"2..6d"` uniform."""
    match = re.fullmatch(r"([-+\d.]+?)(?:\.\.([-+\d.]+))?([a-z]*)", str(text))
    assert match, text
    low, high, unit = match[1], match[2], match[3] or "d"
    if high:
        return Uniform(low=float(low), high=float(high), unit=unit)
    return Constant(value=float(low), unit=unit)


def money(value: float | AnyEstimate | None) -> AnyEstimate | None:
    """A number is constant."""
    return Constant(value=value) if isinstance(value, int | float) else value


def task(id: str, duration: str | float | AnyEstimate, *after: str, **more: object) -> Task:
    """A task with relationships such as `"A"`, `"A SS+5d"`, `"A FF-1ed"`."""
    links = []
    for text in after:
        match = re.fullmatch(r"(\w+)(?: (FS|SS|FF|SF))?([-+].*)?", text)
        assert match, text
        links.append(Relationship(task=match[1], type=match[2] or "FS", lag=time(match[3] or "0d")))
    fixed, rate = more.pop("fixed", None), more.pop("rate", None)
    estimate = time(duration) if isinstance(duration, str | int | float) else duration
    more.setdefault("calendar", "office")
    return Task(
        id=id, duration=estimate, after=tuple(links), cost=TaskCost(fixed=money(fixed), rate=money(rate)), **more
    )


def impact(
    delay: str | float | None = None,
    factor: float | None = None,
    cost: float | None = None,
    cost_factor: float | AnyEstimate | None = None,
) -> Impact:
    """An impact of known sizes."""
    work = None if delay is None else time(delay)
    return Impact(delay=work, factor=money(factor), cost=money(cost), cost_factor=money(cost_factor))


def risk(id: str, probability: float, impacts: dict[str, Impact], **more: object) -> Risk:
    """A risk of any kind."""
    return Risk(id=id, probability=probability, impacts=impacts, **more)


def scenario(
    *tasks: Task,
    start: datetime = MONDAY,
    calendar_exceptions: dict[str, dict[date, tuple[Interval, ...]]] | None = None,
    lost: dict[str, dict[str, float | str]] | None = None,
    risks: tuple[Risk, ...] = (),
    costs: tuple[CostLine, ...] = (),
    resources: tuple[Resource, ...] = (),
    minimum_duration: str = "0d",
    project_calendar: str = "office",
    **more: object,
) -> Scenario:
    """A scenario of these tasks on the calendars of these tests."""
    exceptions = calendar_exceptions or {}
    return Scenario(
        name="by hand",
        project="by hand",
        start=start,
        calendar=project_calendar,
        calendars={id: calendar(id, exceptions.get(id), (lost or {}).get(id)) for id in sorted(CALENDARS)},
        tasks={t.id: t for t in sorted(tasks, key=lambda t: t.id)},
        risks={r.id: r for r in sorted(risks, key=lambda r: r.id)},
        costs={c.id: c for c in sorted(costs, key=lambda c: c.id)},
        resources={r.id: r for r in sorted(resources, key=lambda r: r.id)},
        minimum_duration=time(minimum_duration),
        **more,
    )
