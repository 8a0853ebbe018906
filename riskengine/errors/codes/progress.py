"""RE245 to RE259: types of task, constraints and progress."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

PROGRESS: Mapping[str, Entry] = MappingProxyType(
    {
        "RE245": Entry(
            title="type and milestone disagree",
            rule="milestone must agree with type",
            reason="milestone = true is short for type = 'milestone', and no other type is one.",
            example="[tasks.support]\ntype = 'level of effort'\nmilestone = true\nafter = ['a SS']\n"
            "[tasks.a]\nduration = 5",
            cure="Remove one of the two.",
        ),
        "RE246": Entry(
            title="span with a duration of its own",
            rule="a level of effort or a summary must have no duration and nothing remaining of its own",
            reason="Its dates follow those of other tasks.",
            example="[tasks.support]\ntype = 'level of effort'\nduration = 20\nafter = ['a SS']\n"
            "[tasks.a]\nduration = 5",
            cure="Remove the key, or make it an ordinary task.",
        ),
        "RE247": Entry(
            title="level of effort on its own",
            rule="a level of effort must have a relationship",
            reason="It lasts from the earliest start to the latest finish that its relationships give.",
            example="[tasks.support]\ntype = 'level of effort'\n[tasks.a]\nduration = 5",
            cure='Say what it goes along with: after = ["first SS", "last FF"].',
        ),
        "RE248": Entry(
            title="summary of nothing",
            rule="a summary must have a wbs code, and tasks at or below it",
            reason="It lasts from the earliest start to the latest finish of the tasks below its wbs code.",
            example="[tasks.phase]\ntype = 'summary'\nwbs = '1'\n[tasks.a]\nduration = 5\nwbs = '2.1'",
            cure="Correct the wbs code, or remove the summary: nothing else depends on it.",
        ),
        "RE250": Entry(
            title="constraint cannot be read",
            rule='must be "TYPE DATE" with TYPE one of SNET, SNLT, FNET, FNLT, MSO, MFO, SO, FO, or "ALAP"',
            reason="One word decides which date is bound, and from which side.",
            example="[tasks.a]\nduration = 5\nconstraints = ['SNOT 2027-05-03']",
            cure='Write "SNET 2027-05-03" for a start no earlier than that day.',
        ),
        "RE251": Entry(
            title="date of a constraint",
            rule="every constraint must have a date, but for ALAP, which has none",
            reason="Only as late as possible needs none.",
            example="[tasks.a]\nduration = 5\nconstraints = ['SNET']",
            cure='Write "SNET 2027-05-03"; a date without a time is 00:00 for starts and 24:00 for finishes.',
        ),
        "RE252": Entry(
            title="constraints contradict",
            rule="a task must have at most one constraint on each of its four dates, and one mandatory date",
            reason="Of two earliest starts, or two mandatory dates, one would be lost in silence.",
            example="[tasks.a]\nduration = 5\nconstraints = ['SNET 2027-05-03', 'MSO 2027-05-10']",
            cure="Keep the one that holds.",
        ),
        "RE253": Entry(
            title="finished before it started",
            rule="the actual finish must not be before the actual start",
            reason="Work takes no negative time.",
            example="[tasks.a]\nduration = 5\nactual_start = 2027-03-15\nactual_finish = 2027-03-08",
            cure="Correct the dates; a finish without a time is the end of its day.",
        ),
        "RE254": Entry(
            title="finished but never started",
            rule="a finished task must have an actual start",
            reason="Successors that wait for its start need the date, and so does its cost.",
            example="[tasks.a]\nduration = 5\nactual_finish = 2027-03-08",
            cure="Add actual_start; only a milestone needs one date alone.",
        ),
        "RE255": Entry(
            title="started, but nothing says what remains",
            rule="a started task must have remaining or percent_complete",
            reason="How far the work has got cannot be told from its start.",
            example="[tasks.a]\nduration = 5\nactual_start = 2027-03-01",
            cure="Add remaining = [2, 3, 6], or percent_complete = 40, or actual_finish if it is done.",
        ),
        "RE256": Entry(
            title="progress of a task that has not started",
            rule="a task without an actual start must have nothing remaining, resumed or complete",
            reason="Progress without a start would be lost in silence.",
            example="[tasks.a]\nduration = 5\nremaining = 3",
            cure="Add actual_start; of a task that has not started, duration is what remains.",
        ),
        "RE257": Entry(
            title="finished, with something left",
            rule="a finished task must have nothing left",
            reason="A task is either done or in progress.",
            example="[tasks.a]\nduration = 5\nactual_start = 2027-03-01\nactual_finish = 2027-03-08\nremaining = 3",
            cure="Remove what is left, or the actual finish.",
        ),
        "RE258": Entry(
            title="percentage out of range",
            rule="a percentage must be between 0 and 100",
            reason="It is the share of the duration that is done.",
            example="[tasks.a]\nduration = 5\nactual_start = 2027-03-01\npercent_complete = 110",
            cure="Correct it; more work than was planned is remaining.",
        ),
    }
)
