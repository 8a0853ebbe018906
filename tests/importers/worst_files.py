"""The worst files that fit into the limits on size of each reader: much memory or time for few bytes."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from tests.importers.xer_files import CALENDAR, HEADER, PROJECT, calendar_data, off, table

TASK_FIELDS: Final = ("task_id", "proj_id", "clndr_id", "task_code", "status_code", "target_drtn_hr_cnt")


def rows(name: str, fields: str, cells: Callable[[int], str], count: int) -> str:
    """A table of an XER file whose rows are made from their numbers."""
    head = f"%T\t{name}\n%F\t" + "\t".join(fields.split()) + "\n"
    return head + "\n".join("%R\t" + cells(number) for number in range(count))


def activities(count: int, projects: int = 1, calendars: int = 1) -> str:
    """Activities that say as little as they may."""
    return rows(
        "TASK",
        " ".join(TASK_FIELDS),
        lambda n: f"{n}\t{1 + n % projects}\t{10 + n % calendars}\tA{n}\tTK_NotStart\t8",
        count,
    )


def xer(*tables: str, calendar: str = table("CALENDAR", [CALENDAR]), project: str = table("PROJECT", [PROJECT])) -> str:
    """An XER file of these tables."""
    return "\n".join([HEADER, project, calendar, *tables, "%E", ""])


def long_calendars(count: int) -> str:
    """Calendars of 90,000 holidays each."""
    text = calendar_data("", "".join(off(1000 + day) for day in range(90_000)))
    return rows("CALENDAR", "clndr_id clndr_name clndr_data", lambda n: f"{10 + n}\tC{n}\t{text}", count)


def links(count: int) -> str:
    """Relationships among a thousand activities."""
    return rows("TASKPRED", "task_id pred_task_id pred_type", lambda n: f"{1 + n % 999}\t{n % 999 // 2}\tPR_FS", count)


Cases = Mapping[str, Callable[[], str]]

XER: Final[Cases] = MappingProxyType(
    {
        "more activities than may be": lambda: xer(activities(100_001)),
        "risks": lambda: xer(
            activities(1), rows("PROJRISK", "risk_id proj_id risk_name", lambda n: f"{n}\t1\tR{n}", 300_000)
        ),
        "holidays": lambda: xer(activities(8, calendars=8), calendar=long_calendars(8)),
        "calendars that inherit": lambda: xer(
            activities(1),
            calendar=rows("CALENDAR", "clndr_id base_clndr_id", lambda n: f"{10 + n}\t{11 + n}", 100_000),
        ),
        "elements of a calendar": lambda: xer(
            activities(1),
            calendar=table(
                "CALENDAR", [{**CALENDAR, "clndr_data": "(0||CalendarData()(" + "(0||1()())" * 390_000 + "))"}]
            ),
        ),
        "projects": lambda: xer(
            activities(100_000, projects=1500),
            project=rows(
                "PROJECT",
                "proj_id proj_short_name clndr_id plan_start_date",
                lambda n: f"{1 + n}\tP{n}\t10\t2027-03-01",
                1500,
            ),
        ),
        "lines of one row": lambda: xer(activities(1) + "\nab" * 1_500_000),
        "one line": lambda: xer(activities(1) + "\t" + "x" * (20 << 20)),
        "one line of a table that nobody reads": lambda: xer(activities(1), f"%T\tMEMO\n%F\ta\n%R\t{'x' * (20 << 20)}"),
        "WBS elements below each other": lambda: xer(
            activities(1),
            rows(
                "PROJWBS", "wbs_id proj_id wbs_short_name parent_wbs_id", lambda n: f"w{n}\t1\tab{n}\tw{n - 1}", 50_000
            ),
        ),
    }
)
XER_LARGE: Final[Cases] = MappingProxyType(
    {
        "fields that all differ": lambda: xer(
            activities(1),
            rows(
                "TASKRSRC",
                " ".join(f"f{n}" for n in range(300)),
                lambda n: "\t".join(f"{n}x{c}" for c in range(300)),
                30_000,
            ),
        ),
        "as many activities as may be": lambda: xer(activities(100_000)),
        "a million relationships": lambda: xer(activities(1000), links(1_000_000)),
        "lines": lambda: xer(activities(1)) + "\n" * (60 << 20),
        "one line": lambda: xer(activities(1) + "\t" + "x" * (240 << 20)),
    }
)
