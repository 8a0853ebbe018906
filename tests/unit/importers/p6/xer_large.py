"""A large XER file, the same each time: layers of activities under way, five calendars, codes, resources, costs."""

import random
from datetime import datetime, timedelta

from tests.unit.importers.p6.xer_files import HEADER, PROJECT, calendar_data, day, off, table

LAYER = 40
MONDAY = datetime(2027, 3, 1, 8)
SHIFTS = ("08:00-12:00 13:00-17:00", "07:00-15:00", "00:00-00:00", "06:00-14:00 14:00-22:00", "09:00-13:00")
KINDS = ("PR_FS",) * 7 + ("PR_SS", "PR_FF", "PR_SF")


def calendars() -> list[dict[str, object]]:
    """Five calendars, each with ten years of holidays."""
    holidays = "".join(off(46000 + 17 * number) for number in range(200))
    return [
        {
            "clndr_id": 10 + number,
            "clndr_name": f"Calendar {number}",
            "day_hr_cnt": 8,
            "clndr_data": calendar_data("".join(day(weekday, shifts) for weekday in range(2, 7)), holidays),
        }
        for number, shifts in enumerate(SHIFTS)
    ]


def large(count: int, seed: int = 1) -> str:
    """The text of a file with `count` activities, each but the first after three others."""
    chance = random.Random(seed)
    tasks, links, work, codes = [], [], [], []
    for number in range(count):
        early = MONDAY + timedelta(days=number // LAYER * 7)
        hours = chance.randrange(8, 400, 4)
        fields: dict[str, object] = {
            "task_id": 100_000 + number,
            "proj_id": 1,
            "wbs_id": 2 + number % 500,
            "clndr_id": 10 + number % 5,
            "task_code": f"A{number:06}",
            "task_name": f"Install section {number} of the façade",
            "task_type": "TT_LOE" if number % 97 == 96 else "TT_FinMile" if number % 50 == 49 else "TT_Task",
            "status_code": "TK_NotStart",
            "target_drtn_hr_cnt": hours,
            "remain_drtn_hr_cnt": hours,
            "guid": f"{number:022}",
        }
        for name in ("early_start", "late_start", "target_start", "restart", "rem_late_start"):
            fields[f"{name}_date"] = early.strftime("%Y-%m-%d %H:%M")
            fields[f"{name.replace('start', 'end')}_date"] = (early + timedelta(days=5)).strftime("%Y-%m-%d %H:%M")
        if number < count // 10:
            fields |= {"status_code": "TK_Complete", "act_start_date": "2027-01-04 08:00", "remain_drtn_hr_cnt": 0}
            fields["act_end_date"] = "2027-01-29 17:00"
        elif number % 30 == 0:
            fields |= {"cstr_type": "CS_MSOA", "cstr_date": early.strftime("%Y-%m-%d %H:%M")}
        tasks.append(fields)
        before = range(max(0, number // LAYER * LAYER - 2 * LAYER), number // LAYER * LAYER)
        for other in sorted(chance.sample(before, 3)) if len(before) >= 3 else ():
            kind = chance.choice(KINDS)
            ends = {"task_id": 100_000 + number, "pred_task_id": 100_000 + other}
            links.append(
                {"task_pred_id": len(links), **ends, "pred_type": kind, "lag_hr_cnt": chance.choice((0, 0, 0, 8))}
            )
        work.append(
            {"task_id": 100_000 + number, "rsrc_id": 5 + number % 20, "remain_qty_per_hr": 1, "remain_cost": 800}
        )
        codes.append({"task_id": 100_000 + number, "actv_code_id": number % 10})
    top = {"wbs_id": 1, "proj_id": 1, "wbs_short_name": "BIG", "wbs_name": "Big", "proj_node_flag": "Y"}
    below = [
        {
            "wbs_id": 2 + number,
            "proj_id": 1,
            "wbs_short_name": f"{number}",
            "parent_wbs_id": 1 if number < 9 else number // 9,
        }
        for number in range(500)
    ]
    tables = {
        "PROJECT": [PROJECT],
        "CALENDAR": calendars(),
        "SCHEDOPTIONS": [{"proj_id": 1, "sched_retained_logic": "Y"}],
        "PROJWBS": [top, *below],
        "ACTVTYPE": [{"actv_code_type_id": 1, "actv_code_type": "Phase"}],
        "ACTVCODE": [{"actv_code_id": n, "actv_code_type_id": 1, "short_name": f"P{n}"} for n in range(10)],
        "RSRC": [{"rsrc_id": 5 + n, "rsrc_short_name": f"CREW{n}", "clndr_id": 10} for n in range(20)],
        "TASK": tasks,
        "TASKPRED": links,
        "TASKRSRC": work,
        "TASKACTV": codes,
    }
    return "\n".join([HEADER, *(table(name, rows) for name, rows in tables.items()), "%E", ""])
