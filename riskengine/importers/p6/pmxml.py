"""Primavera P6 XML: its elements put into the tables of an XER file, which the reader of those makes a schedule of.

Both hold the same database under different names, so that one set of rules gives both the same schedule.
"""

import re
from collections import Counter
from pathlib import Path
from typing import NoReturn

from riskengine.errors import Issue, ScenarioError
from riskengine.errors.counting import counted
from riskengine.importers.neutral import ImportedSchedule
from riskengine.importers.p6.calendars import EPOCH
from riskengine.importers.p6.pmxml_names import (
    FLAGS,
    OPTIONS,
    PROJECT,
    RATINGS,
    TABLES,
    UNREAD,
    USER_KINDS,
    USER_NUMBERS,
    USER_TEXTS,
    WORDS,
    Names,
)
from riskengine.importers.p6.projects import MOST_WORK, schedules_of
from riskengine.importers.p6.tables import MOST_TASKS, Database, Table, Weight
from riskengine.importers.xml.fields import Fields
from riskengine.importers.xml.stream import Element, Stream, fault

DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
CLOCK = re.compile(r"(?:\d{4}-\d\d-\d\dT)?(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?")
ZONE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)")


def read_pmxml(path: Path, file: str, with_user_fields: bool = False) -> list[ImportedSchedule]:
    """Return every project of a Primavera P6 XML file that has tasks.

    Parameters
    ----------
    path : Path
        The file to read.
    file : str
        What it is called in messages.
    with_user_fields : bool
        Whether the user fields of tasks are read, too.

    Raises
    ------
    ScenarioError
        With every fault found, each with its line.
    """
    database = DatabaseReader(path, file, with_user_fields).read()
    try:
        return schedules_of(database)
    except ScenarioError as refused:
        raise ScenarioError([in_xml(issue) for issue in refused.issues]) from None


class DatabaseReader:
    """Fill the tables of an XER file from one P6 XML file."""

    def __init__(self, path: Path, file: str, with_user_fields: bool = False) -> None:
        self.path, self.file = path, file
        self.with_user_fields = with_user_fields
        self.fields = Fields(file)
        self.tables: dict[str, Table] = {}
        self.weight = Weight(file, "RE833")
        self.size = self.work = 0
        self.baselines: set[str] = set()
        self.currencies: list[str] = []
        self.levels: dict[str, tuple[str, str]] = {}
        self.ratings: list[tuple[str, str]] = []
        self.pending: list[tuple[Table, int]] = []
        for table, names in (*TABLES.values(), ("PROJECT", PROJECT), ("SCHEDOPTIONS", OPTIONS)):
            self._table(table, tuple(column for column, _ in names))
        self._table("CALENDAR", ("clndr_id", "clndr_name", "day_hr_cnt", "base_clndr_id", "clndr_data"))
        self._table("TASKACTV", ("task_id", "actv_code_id"))
        if with_user_fields:
            self._table(
                "UDFTYPE", ("udf_type_id", "table_name", "udf_type_name", "udf_type_label", "logical_data_type")
            )
            self._table("UDFVALUE", ("udf_type_id", "fk_id", "udf_number", "udf_text"))

    def _table(self, name: str, columns: tuple[str, ...]) -> None:
        fields = {column: place for place, column in enumerate(columns)}
        self.tables[name] = Table(name, names=list(columns), fields=fields)

    def read(self) -> Database:
        """Return the tables, or raise every fault."""
        records = dict.fromkeys(TABLES, self._record)
        records |= {"Calendar": self._calendar, "ScheduleOptions": self._options, "Currency": self._currency}
        records |= {"RiskThresholdLevel": self._level, "RiskImpact": self._rating}
        unread = UNREAD
        if self.with_user_fields:
            records |= {"UDFType": self._user_field, "UDFValue": self._user_value}
            unread -= {"UDF"}
        containers = {"Project": self._project, "BaselineProject": self._baseline}
        stream = Stream(self.path, self.file, records, containers, unread)
        self.size = self.path.stat().st_size
        stream.read()
        self.fields.raise_faults()
        self._rate()
        header = ["ERMHDR"] + [""] * 8
        if self.currencies:
            header[8] = self.currencies[0]
        database = Database(self.file, "utf-8", header, self.tables, baselines=self.baselines)
        database.size = self.size
        database.notes += self.fields.notes()
        if stream.passed:
            tag_counts = ", ".join(f"{tag} ({count})" for tag, count in sorted(stream.passed.items()))
            database.notes.append(f"elements that were not read, with their numbers: {tag_counts}")
        return database

    def _add(self, name: str, cells: list[str], line: int) -> None:
        table = self.tables[name]
        if name == "TASK" and len(table.rows) >= MOST_TASKS:
            self._refuse(f"more than {MOST_TASKS:,} tasks", line)
        if "proj_id" in table.fields and not cells[table.fields["proj_id"]]:
            # The project that it stands in ends later than it does.
            self.pending.append((table, len(table.rows)))
        table.rows.append(self.weight.add(name, cells, line))
        table.lines.append(line)
        table.count += 1

    def _refuse(self, value: str, line: int, path: str = "") -> NoReturn:
        raise ScenarioError([fault("RE833", value, self.file, line, path)])

    def _record(self, record: Element) -> None:
        name, names = TABLES[record.tag]
        cells = cells_of(record, names, self.fields.zones)
        if record.tag == "Activity":
            self._fill_dates(record, cells)
        self._add(name, cells, record.line)
        if record.tag == "Activity":
            for code in record.within("Code"):
                self._add("TASKACTV", [cells[0], code.get("ValueObjectId")], code.line)
            for value in record.within("UDF") if self.with_user_fields else ():
                self._user_value(value, cells[0])

    def _fill_dates(self, record: Element, cells: list[str]) -> None:
        """Take start and finish for early dates where a file has no others: they are the same until work begins."""
        places = self.tables["TASK"].fields
        if cells[places["status_code"]] != "TK_NotStart":
            return
        for column, tag in (("early_start_date", "StartDate"), ("early_end_date", "FinishDate")):
            cells[places[column]] = cells[places[column]] or local(record.get(tag), self.fields.zones)

    def _user_field(self, record: Element) -> None:
        subject = record.get("SubjectArea")
        kind = USER_KINDS.get(record.get("DataType"), "")
        table = "TASK" if subject in ("Activity", "") else subject
        self._add("UDFTYPE", [record.get("ObjectId"), table, "", record.get("Title"), kind], record.line)

    def _user_value(self, record: Element, task: str = "") -> None:
        """Take a value of a user field: inside its task, or, as old versions have it, on its own."""
        task = task or record.get("ForeignObjectId")
        number, text = (first_of(record, tags) for tags in (USER_NUMBERS, USER_TEXTS))
        key = record.get("TypeObjectId") or record.get("UDFTypeObjectId")
        self._add("UDFVALUE", [key, task, number, text], record.line)

    def _currency(self, record: Element) -> None:
        # The base currency is the first that P6 ever made.
        if record.get("ObjectId") == "1" and record.get("Id") and not self.currencies:
            self.currencies.append(record.get("Id"))

    def _level(self, record: Element) -> None:
        if len(self.levels) >= MOST_TASKS:
            self._refuse(f"more than {MOST_TASKS:,} levels of risks", record.line, "RiskThresholdLevel")
        self.levels[record.get("ObjectId")] = (record.get("ThresholdType"), record.get("Code"))

    def _rating(self, record: Element) -> None:
        if len(self.ratings) >= MOST_TASKS:
            self._refuse(f"more than {MOST_TASKS:,} ratings of risks", record.line, "RiskImpact")
        self.ratings.append((record.get("RiskObjectId"), record.get("RiskThresholdLevelObjectId")))

    def _rate(self) -> None:
        """Put the ratings of risks into their rows; levels may stand anywhere in the file."""
        table = self.tables["PROJRISK"]
        rows = {row[0]: row for row in table.rows}
        for risk, level in self.ratings:
            kind, code = self.levels.get(level, ("", ""))
            column = RATINGS.get(kind.removesuffix(" Threshold"))
            if risk in rows and column is not None:
                rows[risk][table.fields[column]] = code

    def _options(self, record: Element) -> None:
        self._add("SCHEDOPTIONS", cells_of(record, OPTIONS, self.fields.zones), record.line)

    def _project(self, record: Element) -> None:
        key = record.get("ObjectId")
        if not key:
            # Only the list of projects at the head of the file.
            return
        self.work += len(self.tables["SCHEDOPTIONS"].rows) + len(self.tables["PROJWBS"].rows)
        if self.work > MOST_WORK * self.size:
            self._refuse(f"{counted(len(self.tables['PROJECT'].rows), 'project')} of this size", record.line, "Project")
        for table, row in self.pending:
            table.rows[row][table.fields["proj_id"]] = key
        self.pending.clear()
        cells = cells_of(record, PROJECT, self.fields.zones)
        self._add("PROJECT", cells, record.line)
        has_options = any(row[0] == key for row in self.tables["SCHEDOPTIONS"].rows)
        if not has_options and "RelationshipLagCalendar" in record.first:
            self._add("SCHEDOPTIONS", [key, *cells_of(record, OPTIONS, self.fields.zones)[1:]], record.line)
        self._root_of(record, key)

    def _baseline(self, record: Element) -> None:
        """Take a baseline: a project that is there for its dates alone."""
        self._project(record)
        if record.get("ObjectId"):
            self.baselines.add(record.get("ObjectId"))

    def _root_of(self, record: Element, key: str) -> None:
        """Mark the top of the WBS, or make one: P6 leaves it out where it is the project itself."""
        table = self.tables["PROJWBS"]
        parent, flag, project, above = (
            table.fields[name] for name in ("wbs_id", "proj_node_flag", "proj_id", "parent_wbs_id")
        )
        rows = [row for row in table.rows if row[project] == key]
        keys = {row[parent] for row in rows}
        tops = [row for row in rows if row[above] not in keys]
        codes = (record.get("Id"), record.get("Name"))
        if len(tops) == 1 and (tops[0][table.fields["wbs_short_name"]] in codes or len(rows) == 1):
            tops[0][flag] = "Y"
            return
        root = record.get("WBSObjectId") or f"project {key}"
        for row in tops:
            row[above] = root
        names = {"wbs_id": root, "proj_id": key, "wbs_short_name": record.get("Id") or key, "proj_node_flag": "Y"}
        names["wbs_name"] = record.get("Name")
        self._add("PROJWBS", [names.get(column, "") for column in table.fields], record.line)

    def _calendar(self, record: Element) -> None:
        cells = [record.get(tag) for tag in ("ObjectId", "Name", "HoursPerDay", "BaseCalendarObjectId")]
        self._add("CALENDAR", [*cells, self._calendar_text(record)], record.line)

    def _calendar_text(self, record: Element) -> str:
        """Return the calendar in the nested text that an XER file has."""
        days = []
        for day in record.within("StandardWorkWeek", "StandardWorkHours"):
            name = day.get("DayOfWeek")
            if name not in DAYS:
                self.fields.fault("RE837", name, day.line, "StandardWorkHours.DayOfWeek")
                continue
            days.append(f"(0||{DAYS.index(name) + 1}()({self._shifts(day)}))")
        exceptions: list[str] = []
        for exception in record.within("HolidayOrExceptions", "HolidayOrException"):
            instant = self.fields.instant(exception, "Date")
            if instant is not None:
                number = (instant.date() - EPOCH).days
                exceptions.append(f"(0||{len(exceptions)}(d|{number})({self._shifts(exception)}))")
        if not days and not exceptions:
            return ""
        week = f"(0||DaysOfWeek()({''.join(days)}))"
        return f"(0||CalendarData()({week}(0||Exceptions()({''.join(exceptions)}))))"

    def _shifts(self, record: Element) -> str:
        shifts: list[str] = []
        for time in record.within("WorkTime"):
            start, finish = self._minute(time, "Start"), self._minute(time, "Finish")
            if bool(time.get("Start")) != bool(time.get("Finish")):
                value = f"{time.get('Start') or 'nothing'} to {time.get('Finish') or 'nothing'}"
                self.fields.fault("RE842", value, time.line, "WorkTime")
            if start is None or finish is None:
                continue
            # The last minute is named, not the end: 15:59 is 16:00, and 23:59 midnight.
            finish += finish % 5 == 4
            if finish and finish <= start:
                value = f"{time.get('Start')} to {time.get('Finish')}"
                self.fields.fault("RE842", value, time.line, "WorkTime")
                continue
            shifts.append(f"(0||{len(shifts)}(s|{clock(start)}|f|{clock(finish)})())")
        return "".join(shifts)

    def _minute(self, record: Element, tag: str) -> int | None:
        text = record.get(tag)
        if not text:
            return None
        match = CLOCK.fullmatch(text)
        if match is None or int(match.group(1)) > 23 or int(match.group(2)) > 59:
            self.fields.fault("RE842", text, record.first[tag].line, f"{record.tag}.{tag}")
            return None
        return int(match.group(1)) * 60 + int(match.group(2))


def clock(minute: int) -> str:
    """Return minutes after midnight as a time of day; midnight at its end is 00:00."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def local(text: str, zones: Counter[str]) -> str:
    """Return a date without its zone, which is counted: schedules keep local time, whatever zone a service appended."""
    zoned = ZONE.fullmatch(text)
    if zoned is None:
        return text
    zones[zoned.group(2)] += 1
    return zoned.group(1)


def first_of(record: Element, tags: tuple[str, ...]) -> str:
    """Return the text of the first of some fields that is there; empty where none is."""
    return next((text for tag in tags if (text := record.get(tag))), "")


def cells_of(record: Element, names: Names, zones: Counter[str]) -> list[str]:
    """Return the columns of a table from an element, its words and flags as an XER file has them."""
    cells = []
    for column, tags in names:
        text = first_of(record, tags)
        if text and column in WORDS:
            text = WORDS[column].get(text, text)
        elif column in FLAGS:
            text = {"1": "Y", "true": "Y", "0": "N", "false": "N"}.get(text, text)
        elif column == "export_flag":
            text = "N" if text.lower() in ("1", "true") else ""
        elif column == "sched_retained_logic":
            text = "Y" if text in ("", "Retained Logic") else "N"
        elif column == "sched_progress_override":
            text = "Y" if text == "Progress Override" else "N"
        elif column == "sched_outer_depend_type":
            text = "SD_None" if text in ("1", "true") else "SD_Both"
        elif column.endswith("_date"):
            text = local(text, zones)
        cells.append(text)
    return cells


def in_xml(issue: Issue) -> Issue:
    """Return a fault of a table with the names that the XML file has for it."""
    table, _, column = issue.path.partition(".")
    for tag, (name, names) in (*TABLES.items(), ("Project", ("PROJECT", PROJECT))):
        if name == table:
            tags = dict(names).get(column, ())
            path = f"{tag}.{tags[0]}" if tags else tag
            return Issue(
                issue.code, path, rule=issue.rule, value=issue.value, file=issue.file, line=issue.line, cure=issue.cure
            )
    return issue
