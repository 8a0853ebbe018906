"""The worst files that fit into the limits on size of each reader: much memory or time for few bytes."""

import io
import zipfile
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from tests.unit.importers.p6.xer_files import CALENDAR, HEADER, PROJECT, calendar_data, off, table
from tests.unit.importers.sheets.workbooks import HEAD, MAIN, PACKAGE, RELATION

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
        "more tasks than may be": lambda: xer(activities(100_001)),
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
        "as many tasks as may be": lambda: xer(activities(100_000)),
        "a million relationships": lambda: xer(activities(1000), links(1_000_000)),
        "lines": lambda: xer(activities(1)) + "\n" * (60 << 20),
        "one line": lambda: xer(activities(1) + "\t" + "x" * (240 << 20)),
    }
)

MICROSOFT: Final = (
    "<Project><StartDate>2027-03-01T08:00:00</StartDate><CalendarUID>1</CalendarUID>"
    "<Calendars><Calendar><UID>1</UID><IsBaseCalendar>1</IsBaseCalendar><WeekDays><WeekDay><DayType>2</DayType>"
    "<DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>16:00:00</ToTime>"
    "</WorkingTime></WorkingTimes></WeekDay></WeekDays>{calendar}</Calendar>{calendars}</Calendars>"
    "<Tasks>{tasks}</Tasks>{rest}</Project>"
)
FOREVER: Final = (
    "<Exception><TimePeriod><FromDate>1990-01-01T00:00:00</FromDate><ToDate>2100-12-31T00:00:00</ToDate></TimePeriod>"
    "<DayWorking>0</DayWorking></Exception>"
)
PRIMAVERA: Final = (
    "<APIBusinessObjects><Project><ObjectId>1</ObjectId><Id>P</Id>"
    "<PlannedStartDate>2027-03-01T08:00:00</PlannedStartDate>{rest}</Project></APIBusinessObjects>"
)


def times(text: str, count: int) -> str:
    """A text with its number in place of each #, again and again."""
    return "".join(text.replace("#", str(number)) for number in range(1, count + 1))


def mspdi(tasks: str = "", calendar: str = "", calendars: str = "", rest: str = "") -> str:
    """A Microsoft Project XML file."""
    return MICROSOFT.format(tasks=tasks or mspdi_task("1"), calendar=calendar, calendars=calendars, rest=rest)


def mspdi_task(uid: str, more: str = "") -> str:
    """A task of a day."""
    return f"<Task><UID>{uid}</UID><Duration>PT8H0M0S</Duration>{more}</Task>"


def pmxml(rest: str) -> str:
    """A P6 XML file with one project."""
    return PRIMAVERA.format(rest=rest)


def p6_activity(key: str, more: str = "") -> str:
    """An activity of a day."""
    return f"<Activity><ObjectId>{key}</ObjectId><Id>A{key}</Id><PlannedDuration>8</PlannedDuration>{more}</Activity>"


XML: Final[Cases] = MappingProxyType(
    {
        "elements of one task": lambda: mspdi(mspdi_task("1", "<a/>" * 500_000)),
        "elements of one task, each in another": lambda: mspdi(mspdi_task("1", "<a><b><c/></b></a>" * 99_000)),
        "texts of one task": lambda: mspdi(mspdi_task("1", f"<a>{'x' * (15 << 20)}</a>" * 4)),
        "one attribute": lambda: mspdi("<Task a='" + "x" * (20 << 20) + "'/>"),
        "one comment": lambda: mspdi("<!--" + "x" * (20 << 20) + "-->"),
        "calendars": lambda: mspdi(calendars=times("<Calendar><UID>c#</UID></Calendar>", 100_000)),
        "exceptions of a century": lambda: mspdi(calendar=f"<Exceptions>{FOREVER * 1000}</Exceptions>"),
        "projects": lambda: pmxml("").replace(
            "<Project>", times("<Project><ObjectId>7#</ObjectId></Project>", 60_000) + "<Project>"
        ),
        "codes of one task": lambda: pmxml(
            p6_activity("1", times("<Code><ValueObjectId>#</ValueObjectId></Code>", 200_000))
        ),
        "levels of risks": lambda: pmxml(
            times("<RiskThresholdLevel><ObjectId>#</ObjectId></RiskThresholdLevel>", 100_001)
        ),
    }
)
XML_LARGE: Final[Cases] = MappingProxyType(
    {
        "as many tasks of Microsoft Project as may be": lambda: mspdi(times(mspdi_task("#"), 100_000)),
        "as many tasks of P6 as may be": lambda: pmxml(times(p6_activity("#"), 100_000)),
        "resources": lambda: mspdi(
            rest="<Resources>" + times("<Resource><UID>#</UID></Resource>", 100_000) + "</Resources>"
        ),
        "assignments": lambda: mspdi(
            rest="<Assignments>"
            + "<Assignment><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID></Assignment>" * 500_000
            + "</Assignments>"
        ),
        "links": lambda: mspdi(
            times(
                mspdi_task("#", times("<PredecessorLink><PredecessorUID>#</PredecessorUID></PredecessorLink>", 799)),
                1_000,
            )
        ),
        "one attribute": lambda: mspdi("<Task a='" + "x" * (400 << 20) + "'/>"),
    }
)

ITEMS: Final[Cases] = MappingProxyType(
    {
        "items below each other": lambda: (
            "Issue key,Issue id,Parent id,Summary,Status,Original estimate\n"
            + "".join(f"A-{n},{n},{n - 1 if n else ''},S,To Do,3600\n" for n in range(20_000))
        ),
        "empty objects of JSON": lambda: '{"issues":[' + "{}," * (7 << 20) + "{}]}",
    }
)

REGISTER: Final = "ID,Risk,Probability,Delay,Cost,Tasks\n"


def register(row: str, count: int) -> str:
    """A register whose rows have their numbers in place of each #."""
    return REGISTER + times(row + "\n", count)


CSV: Final[Cases] = MappingProxyType(
    {
        "rows": lambda: register("R#,Risk,20%,5 d,1000,A1", 500_000),
        "faults": lambda: register("R#,Risk,lots,some,much,nowhere#", 19_000),
        "rows that are too long": lambda: REGISTER + ("x," * 390 + "x\n") * 2_500,
        "columns": lambda: REGISTER.strip() + ",c" * 1_000_000 + "\n",
        "one cell": lambda: register(f'R#,"{"x" * (15 << 20)}",20%,5 d,1000,A1', 1),
        "one cell of the widest letters": lambda: register(f'R#,"🛠{"x" * (15 << 20)}",20%,5 d,1000,A1', 1),
        "empty lines": lambda: REGISTER + "\n" * (15 << 20),
        "tasks of a risk": lambda: register(f'R#,Risk,10%,5 d,1,"{";".join(f"A{n}" for n in range(1, 1000))}"', 1_000),
        "a file that is too large": lambda: REGISTER + "\n" * (40 << 20),
    }
)
TEXTS: Final[Cases] = MappingProxyType(
    {
        "one text": lambda: f'x = "{"x" * (15 << 20)}"\n',
        "tables": lambda: times("[templates.t#]\nlow = 0.9\n", 150_000),
    }
)
"""Files of ranges, and of mappings."""

TEXTS_LARGE: Final[Cases] = MappingProxyType(
    {
        "as many templates as may be": lambda: times("[templates.t#]\nlow = 0.9\nhigh = 1.2\n", 90_000),
        "numbers": lambda: "[templates]\nx = [" + "1," * 1_900_000 + "]\n",
    }
)


def many_texts() -> bytes:
    """A workbook that shows one long text in 200,000 cells, uncompressed."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>'
        '<sheet name="Risks" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
        f'Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>{"x" * 30_000}</t></si></sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>'
        + times("<row>" + '<c t="s"><v>0</v></c>' * 10 + "</row>", 19_000)
        + "</sheetData></worksheet>",
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as book:
        for name, text in parts.items():
            book.writestr(name, HEAD + text)
    return content.getvalue()
