"""RE802 to RE829: schedules in Primavera's XER format, and importing at all."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

XER: Mapping[str, Entry] = MappingProxyType(
    {
        "RE802": Entry(
            title="schedule file too large",
            rule="an XER file must be at most 256 MiB",
            reason="The largest programmes have some 100 MiB; what is larger is a mistake or an attack.",
            example="(a file of 300 MiB)",
            cure="Export one project at a time.",
        ),
        "RE803": Entry(
            title="not in this encoding",
            rule="the file must be in the encoding that was asked for, and the encoding must exist",
            reason="Names that are read in a wrong encoding change without anybody noticing.",
            example="riskengine import plan.xer --encoding utf-9",
            cure="Leave --encoding out: it is found out; else give the code page of the machine that exported.",
        ),
        "RE804": Entry(
            title="not an XER file",
            rule="an XER file must begin with ERMHDR",
            reason="Every P6 begins its exports so; anything else is another kind of file, or was cut.",
            example="<html>Session expired</html>",
            cure="Export again from P6: File > Export > Primavera PM (XER).",
        ),
        "RE805": Entry(
            title="damaged XER file",
            rule="a table must have a name (%T), then its fields (%F), then its rows (%R)",
            reason="Without the names of its fields nobody knows what a row says.",
            example="%T\tTASK\n%R\t1\t2",
            cure="Export again; a spreadsheet or an editor in between may have damaged the file.",
        ),
        "RE806": Entry(
            title="XER file beyond the limits",
            rule="the file must stay within the limits of the reader",
            reason="They lie far above real schedules (100 000 tasks, 4 million rows a table, 500 tables, 400 "
            "fields, some 60 000 tasks with all that belongs to them); above them, reading would fill the memory.",
            example="(a file of 300 000 tasks)",
            cure="Export one project at a time.",
        ),
        "RE807": Entry(
            title="nothing to import",
            rule="the file must have a project with tasks",
            reason="A scenario has at least one task.",
            example="(an export of resources only)",
            cure="Export the project itself, with its tasks.",
        ),
        "RE808": Entry(
            title="not a number in an XER file",
            rule="a number must be finite and, where it is a duration, at least 0",
            reason="A number that is guessed moves the whole schedule.",
            example="remain_drtn_hr_cnt = eighty",
            cure="Correct the field in the file, or export the schedule again.",
        ),
        "RE809": Entry(
            title="not a date in an XER file",
            rule="a date must be written as 2027-05-01 08:00, between the years 1901 and 2999",
            reason="A date that is guessed moves the whole schedule.",
            example="act_start_date = 01/05/27",
            cure="Correct the field in the file, or export the schedule again.",
        ),
        "RE810": Entry(
            title="calendar that cannot be read",
            rule="a calendar that is in use must be readable",
            reason="Every date depends on the working time; with a standard one instead they would all be wrong.",
            example="clndr_data = (0||CalendarData()(",
            cure="Open and save the calendar in P6, and export again.",
        ),
        "RE811": Entry(
            title="task without a key of its own",
            rule="every task must have a key (task_id) that no other has",
            reason="Relationships, codes and resources name tasks by their keys.",
            example="two rows of TASK with task_id 1001",
            cure="Export the schedule again; two files that were joined must be imported one by one.",
        ),
        "RE812": Entry(
            title="task without a duration",
            rule="a task must have a remaining or a planned duration",
            reason="Nothing can be scheduled without one, and zero would be a guess.",
            example="remain_drtn_hr_cnt and target_drtn_hr_cnt both empty",
            cure="Export the schedule again, with all fields of tasks.",
        ),
        "RE813": Entry(
            title="progress without a date",
            rule="a task that has started or finished must have the date",
            reason="What has happened is frozen at its date.",
            example="status_code = TK_Complete without act_end_date",
            cure="Give the actual date in P6, or set the task back to not started.",
        ),
        "RE814": Entry(
            title="project without a date",
            rule="the project must have a data date, a start, or tasks with dates",
            reason="There must be an instant from which the future is scheduled.",
            example="last_recalc_date and plan_start_date both empty",
            cure="Schedule the project in P6 (F9) and export again.",
        ),
        "RE815": Entry(
            title="several projects",
            rule="one project must be chosen where the file has several",
            reason="A scenario is one project; which one is meant cannot be guessed.",
            example="riskengine import programme.xer -o plan.toml",
            cure="Name one of them: riskengine import programme.xer --project ID -o plan.toml",
        ),
        "RE816": Entry(
            title="no such project",
            rule="the project must be one of those in the file",
            reason="Importing another one in its place would answer another question.",
            example="riskengine import programme.xer --project NOWHERE",
            cure="Take one of the names that are listed.",
        ),
        "RE817": Entry(
            title="file exists already",
            rule="the file to write must not exist",
            reason="Ranges, risks and gates that were added to an imported scenario by hand would be lost.",
            example="riskengine import plan.xer -o plan.toml (twice)",
            cure="Write to another file, or say --force to replace it.",
        ),
        "RE818": Entry(
            title="schedule that makes no scenario",
            rule="what was imported must make a valid scenario",
            reason="A file that every other command refuses is of no use.",
            example="tasks that wait for each other in a circle",
            cure="Correct the schedule in its tool and export again.",
        ),
        "RE819": Entry(
            title="XER file cut short",
            rule="an XER file must end with the mark %E",
            reason="P6 writes it last. A file without it was cut, and what is missing may be half of the project.",
            example="a download that broke off, with rows of TASKPRED still to come",
            cure="Export or copy it again; if another program made it and it is whole, add a last line %E.",
        ),
        "RE820": Entry(
            title="ranges from user fields, asked for wrongly",
            rule="must be low=FIELD,high=FIELD, with likely=FIELD, unit=d, h or %, started=plain, remaining or whole",
            reason="Three fields of a task make its range; without their names none can be taken.",
            example='riskengine import plan.xer --ranges-from "low=Min,likely=Most Likely"',
            cure='Write --ranges-from "low=Min Duration,likely=Most Likely,high=Max Duration".',
        ),
        "RE821": Entry(
            title="no such user field",
            rule="must be the label or the technical name of one user field of the schedule",
            reason="A range from a wrong field is a wrong range.",
            example='riskengine import plan.xer --ranges-from "low=Minimum,high=Max Duration"',
            cure="The message lists the user fields of the schedule.",
        ),
        "RE822": Entry(
            title="user field that holds no length of time",
            rule="must be a user field of numbers, durations or texts",
            reason="A date, an amount of money or a flag is no length of time.",
            example='riskengine import plan.xer --ranges-from "low=Approved on,high=Max Duration"',
            cure="Name another field.",
        ),
        "RE823": Entry(
            title="user fields that give no range",
            rule="the user fields must give a range to at least one task",
            reason="An option without any effect is a mistake that would go unnoticed.",
            example="fields that are empty on every task",
            cure="Check the names of the fields, and that the export contains what they hold.",
        ),
        "RE824": Entry(
            title="value of a user field that is no length of time",
            rule="must be a number, or a text such as 5d, 40h or 80%, not below 0",
            reason="Guessing at a text would make a range that nobody wrote.",
            example="about a week",
            cure="Correct the value in the schedule.",
        ),
        "RE825": Entry(
            title="user fields out of order",
            rule="must satisfy low <= most likely <= high",
            reason="Three points in another order are no range; one of the fields is wrong, or two were mixed up.",
            example="low 12, most likely 5, high 4",
            cure="Correct the values in the schedule, or the names in --ranges-from.",
        ),
        "RE826": Entry(
            title="unit of a user field unknown",
            rule="plain numbers must be like the durations in days, or their unit must be named",
            reason="Hours taken for days make a plan eight times as long.",
            example="low 32, most likely 40, high 96 of a task of 5 days",
            cure="Add unit=h, unit=d or unit=% to --ranges-from.",
        ),
    }
)
