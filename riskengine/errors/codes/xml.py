"""RE830 to RE849: schedules in XML, and schedules that MPXJ converts."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

XML: Mapping[str, Entry] = MappingProxyType(
    {
        "RE830": Entry(
            title="not well-formed XML",
            rule="the file must be well-formed XML",
            reason="Nothing is guessed in a file that breaks the grammar: what is missing cannot be seen.",
            example="<Task><UID>1</Task>",
            cure="Export the schedule again; a transfer that broke off leaves half a file.",
        ),
        "RE831": Entry(
            title="document type declaration",
            rule="the file must have no DOCTYPE and no entities",
            reason="No scheduling tool writes one, and entities can fetch other files or fill the memory.",
            example='<!DOCTYPE Project [<!ENTITY a "b">]>',
            cure="Take the <!DOCTYPE ...> out of the file, or export the schedule again.",
        ),
        "RE832": Entry(
            title="XML nested too deeply",
            rule="elements must be nested at most 64 levels deep",
            reason="No schedule needs more than ten levels, and deeper ones exhaust the reader.",
            example="<a><a><a> ... 65 of them",
            cure="Export the schedule again from the tool that made it.",
        ),
        "RE833": Entry(
            title="XML too large",
            rule="the file must stay within the limits of the reader",
            reason="The limits lie far above real schedules (512 MiB, 50 million elements, 100 000 tasks, 800 000 "
            "relationships, some 60 000 tasks with all that belongs to them); above them, reading would fill memory.",
            example="(a file of 600 MiB)",
            cure="Export without timephased data and baselines, or split the programme into projects.",
        ),
        "RE834": Entry(
            title="XML of another kind",
            rule="the root must be a Microsoft Project <Project> or a Primavera P6 <APIBusinessObjects>",
            reason="Other kinds of XML hold no schedule that this reader knows.",
            example='<ganttproject-options version="1.0"/>',
            cure="Export as Microsoft Project XML or Primavera P6 XML; other tools' own files go through MPXJ.",
        ),
        "RE835": Entry(
            title="not a date in the XML",
            rule="a date must be written as 2027-05-01T08:00:00, between the years 1901 and 2199",
            reason="A date that is guessed moves the whole schedule.",
            example="<Start>soon</Start>",
            cure="Correct the field in the file, or export the schedule again.",
        ),
        "RE836": Entry(
            title="not a duration in the XML",
            rule="a duration must be a finite number of hours of 0 or more, in Microsoft Project as PT8H0M0S or P1DT2H",
            reason="A duration that is guessed moves the whole schedule.",
            example="<Duration>8 days</Duration>",
            cure="Correct the field in the file, or export the schedule again.",
        ),
        "RE837": Entry(
            title="not a value of this field",
            rule="the field must hold one of the values that its format defines",
            reason="A type of relationship, constraint or day that is guessed changes the schedule in silence.",
            example="<ConstraintType>99</ConstraintType>",
            cure="Correct the field in the file, or export the schedule again.",
        ),
        "RE838": Entry(
            title="field missing in the XML",
            rule="the field must be there",
            reason="Without it the record cannot be told apart, or the schedule cannot begin.",
            example="<Task><Name>Dig</Name></Task>",
            cure="Export the schedule again; a project needs a start date and every task, calendar and resource an id.",
        ),
        "RE839": Entry(
            title="id twice in the XML",
            rule="an id must be given once",
            reason="Of two records of one id one would be lost in silence.",
            example="<UID>7</UID> in two tasks",
            cure="Open the file in its own tool and save it again, which numbers the records anew.",
        ),
        "RE840": Entry(
            title="scheduled from the finish",
            rule="the project must be scheduled from its start",
            reason="Tasks of a project that is scheduled backwards are all as late as possible: there is no early "
            "schedule that uncertainty could delay.",
            example="<ScheduleFromStart>0</ScheduleFromStart>",
            cure="In Microsoft Project: Project Information, Schedule from: Project Start Date; then save again.",
        ),
        "RE841": Entry(
            title="calendar that is not there",
            rule="a calendar must be in the file, and no calendar may be its own base",
            reason="Dates cannot be computed without the working time.",
            example="<BaseCalendarUID>99</BaseCalendarUID>",
            cure="Export the schedule again with its calendars.",
        ),
        "RE842": Entry(
            title="calendar of impossible times",
            rule="working times must lie within a day, each ending after it begins, and the exceptions within reason",
            reason="Working time that cannot be placed in a day cannot be scheduled.",
            example="<FromTime>25:00:00</FromTime>",
            cure="Correct the calendar in its own tool and export again.",
        ),
        "RE843": Entry(
            title="no tasks in the XML",
            rule="the file must hold at least one task that can be scheduled",
            reason="There is nothing to simulate.",
            example="<Tasks/>",
            cure="Export a project with tasks; inactive tasks and empty rows do not count.",
        ),
        "RE844": Entry(
            title="Java missing",
            rule="this kind of file needs a Java runtime (8 or later) on PATH",
            reason="It is read by MPXJ, a Java library.",
            example="riskengine import plan.mpp -o plan.toml",
            cure="Install Java, for example 'apt install default-jre-headless', or save the schedule as XML in its "
            "own tool.",
        ),
        "RE845": Entry(
            title="MPXJ missing",
            rule="this kind of file needs the extra [import]",
            reason="It is read by MPXJ, which is not installed with riskengine itself.",
            example="riskengine import plan.mpp -o plan.toml",
            cure="Run pip install '.[import]' in riskengine's own folder, or save the schedule as XML in its own tool.",
        ),
        "RE846": Entry(
            title="MPXJ cannot read the file",
            rule="the file must be a schedule that MPXJ can read",
            reason="Only what MPXJ understands can be converted.",
            example="riskengine import holiday.jpg -o plan.toml",
            cure="Check that the file is a schedule, that it has no password, and that it opens in its own tool.",
        ),
        "RE847": Entry(
            title="MPXJ took too long",
            rule="the conversion must end within its time and memory",
            reason="A file that keeps the converter busy without end is damaged or hostile.",
            example="(a damaged .mpp file)",
            cure="Save the schedule as XML in its own tool and import that.",
        ),
        "RE848": Entry(
            title="relationships of summaries that explode",
            rule="relationships of summary tasks must stand for at most 5 million relationships of tasks",
            reason="A relationship between two summaries acts on every task below them.",
            example="(a relationship between two summaries of 3 000 tasks each)",
            cure="Relate milestones instead of summaries.",
        ),
        "RE849": Entry(
            title="schedule file cannot be read",
            rule="the schedule file must exist and be readable",
            reason="There is nothing to import otherwise.",
            example="riskengine import nowhere.xml -o plan.toml",
            cure="Check the spelling of the name and the rights of the file.",
        ),
    }
)
