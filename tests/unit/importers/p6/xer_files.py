"""XER files for tests, table by table, with a project and a calendar unless a test brings its own."""

from collections.abc import Mapping, Sequence
from pathlib import Path

Rows = Sequence[Mapping[str, object]]

HEADER = "ERMHDR\t20.12\t2027-03-01\tProject\tadmin\tAdmin\tdb\tProject Management\tEUR"


def day(number: int, shifts: str = "08:00-12:00 13:00-17:00") -> str:
    """A day of the week, 1 for Sunday, as ``clndr_data`` has it."""
    found = "".join(
        f"(0||{position}(s|{shift.split('-')[0]}|f|{shift.split('-')[1]})())"
        for position, shift in enumerate(shifts.split())
    )
    return f"(0||{number}()({found}))"


def calendar_data(days: str = "", exceptions: str = "") -> str:
    """The text of a calendar, Monday to Friday unless days are given."""
    days = days or day(1, "") + "".join(day(number) for number in range(2, 7)) + day(7, "")
    return f"(0||CalendarData()((0||DaysOfWeek()({days}))(0||VIEW(ShowTotal|Y)())(0||Exceptions()({exceptions}))))"


def off(number: int) -> str:
    """An exception without work, on a day as Excel counts them."""
    return f"(0||0(d|{number})())"


PROJECT = {
    "proj_id": 1,
    "proj_short_name": "PLANT",
    "export_flag": "Y",
    "clndr_id": 10,
    "plan_start_date": "2027-03-01 08:00",
    "last_recalc_date": "2027-03-01 08:00",
}
CALENDAR = {"clndr_id": 10, "clndr_name": "Office", "day_hr_cnt": 8, "clndr_data": calendar_data()}


def table(name: str, rows: Rows) -> str:
    """One table; the fields are those of any of its rows."""
    fields = list(dict.fromkeys(key for row in rows for key in row))
    lines = [f"%T\t{name}", "\t".join(["%F", *fields])]
    lines += ["\t".join(["%R", *(str(row.get(field, "")) for field in fields)]) for row in rows]
    return "\n".join(lines)


def activity(code: str, **fields: object) -> dict[str, object]:
    """An activity of 40 hours that has not begun."""
    return {
        "task_id": f"t{code}",
        "proj_id": 1,
        "clndr_id": 10,
        "task_code": code,
        "task_name": f"Activity {code}",
        "task_type": "TT_Task",
        "status_code": "TK_NotStart",
        "target_drtn_hr_cnt": 40,
        "remain_drtn_hr_cnt": 40,
        **fields,
    }


def link(before: str, after: str, kind: str = "PR_FS", lag: float = 0) -> dict[str, object]:
    """A relationship between two activities of `activity`."""
    return {"task_id": f"t{after}", "pred_task_id": f"t{before}", "pred_type": kind, "lag_hr_cnt": lag}


def plan(tasks: Rows, links: Rows = (), project: Mapping[str, object] = {}, **tables: Rows) -> str:
    """A whole file; `tables` adds tables or takes the place of those that are there."""
    found: dict[str, Rows] = {
        "PROJECT": [{**PROJECT, **project}],
        "CALENDAR": [CALENDAR],
        "TASK": tasks,
        "TASKPRED": links,
        **tables,
    }
    return "\n".join([HEADER, *(table(name, rows) for name, rows in found.items() if rows), "%E", ""])


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write a file with the line ends of Windows, as P6 does."""
    path = folder / "plan.xer"
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    return path
