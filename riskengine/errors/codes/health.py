"""RE550 to RE589: what `check` finds in a schedule that is valid, yet not fit for a risk run."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

HEALTH: Mapping[str, Entry] = MappingProxyType(
    {
        "RE550": Entry(
            title="dates differ from the source tool's",
            rule="with all uncertainty off the dates must be those that the source tool stored",
            reason="A risk analysis of a schedule that computes other dates than its owner knows answers for another "
            "schedule.",
            example="[tasks.a]\nduration = 5\nimported = { early_start = 2027-03-03T08:00:00 }",
            cure="Look at the roots in the list of differences first; reschedule the file in its own tool and import "
            "it again where its dates were stored before its last edit.",
        ),
        "RE551": Entry(
            title="open ends",
            rule="every unfinished task but the first and the last must have a predecessor and a successor",
            reason="A delay cannot pass through an open end, so the simulated finish is too early and too narrow.",
            example="[tasks.a]\nduration = 5\n[tasks.b]\nduration = 5\nafter = ['a']\n[tasks.c]\nduration = 2",
            cure="Connect the task to what it waits for and to what waits for it; a delivery that ends in itself is "
            "named in targets.",
        ),
        "RE552": Entry(
            title="leads",
            rule="a relationship must have no negative lag",
            reason="A lead starts work before what drives it is known, and hides that only a part of the predecessor "
            "is needed.",
            example="[tasks.a]\nduration = 10\n[tasks.b]\nduration = 5\nafter = ['a FS-3d']",
            cure="Split the predecessor at the point that the successor waits for.",
        ),
        "RE553": Entry(
            title="many lags",
            rule="at most 5 % of the relationships must have a lag",
            reason="A lag is work or waiting without a name, an owner or a range.",
            example="[tasks.a]\nduration = 10\n[tasks.b]\nduration = 5\nafter = ['a FS+3d']",
            cure="Make a task of what happens in the lag, and give it a range.",
        ),
        "RE554": Entry(
            title="few relationships from finish to start",
            rule="at least 90 % of the relationships must be from finish to start",
            reason="The other types leave it open what a longer duration does to the rest of the schedule.",
            example="[tasks.a]\nduration = 10\n[tasks.b]\nduration = 5\nafter = ['a SS']",
            cure="Split tasks so that finish to start says what is meant.",
        ),
        "RE555": Entry(
            title="hard constraints",
            rule="a simulated schedule must have no constraint that holds a date against the logic",
            reason="A mandatory date stops a delay from reaching what comes after it; SNLT and FNLT make "
            "negative float of it.",
            example="[tasks.a]\nduration = 10\nconstraints = ['MFO 2027-03-12']",
            cure="Put the date into a gate or a deadline, or simulate with --ignore-hard-constraints.",
        ),
        "RE556": Entry(
            title="high float",
            rule="at most 5 % of the unfinished tasks must have more than 44 working days of total float",
            reason="So much room is more often a missing relationship than a choice.",
            example="[tasks.a]\nduration = 60\n[tasks.b]\nduration = 5\n[tasks.end]\nmilestone = true\n"
            "after = ['a', 'b']",
            cure="Look for the missing successor.",
        ),
        "RE557": Entry(
            title="negative float",
            rule="no unfinished task must have negative total float",
            reason="The schedule says itself that it cannot keep a date that it asks for.",
            example="[tasks.a]\nduration = 10\nconstraints = ['FNLT 2027-03-05']",
            cure="Correct the constraint, or shorten what drives the task.",
        ),
        "RE558": Entry(
            title="long tasks",
            rule="at most 5 % of the unfinished tasks must be longer than 44 working days",
            reason="Progress of a long task cannot be told, and its range hides what could go wrong in it.",
            example="[tasks.a]\nduration = 60",
            cure="Split it where something is handed over.",
        ),
        "RE559": Entry(
            title="invalid dates",
            rule="actual dates must not lie after the data date, nor forecast dates before it",
            reason="What happens after the data date has not happened, and what was planned before it is past.",
            example="data_date = 2027-03-01\n[tasks.a]\nduration = 5\nremaining = 2\nactual_start = 2027-03-08",
            cure="Correct the actual date, or move the data date.",
        ),
        "RE560": Entry(
            title="tasks without resources",
            rule="every unfinished task of a day or more should have resources or a cost",
            reason="Without them nobody is known to be free to do the work, and its cost does not grow with its time.",
            example="[resources.welder]\nrate = 600\n[tasks.a]\nduration = 5\nresources = {welder = 2}\n"
            "[tasks.b]\nduration = 5\nafter = ['a']",
            cure="Assign who does the work, or a cost with a rate.",
        ),
        "RE561": Entry(
            title="missed tasks",
            rule="at most 5 % of the tasks that the baseline has finished by now must be late",
            reason="It tells whether the work keeps to its plan.",
            example="data_date = 2027-03-08\n[tasks.a]\nduration = 5\nimported.baseline_finish = 2027-03-05",
            cure="Find out what holds these tasks; without a baseline in the schedule it cannot be assessed.",
        ),
        "RE562": Entry(
            title="critical path broken",
            rule="600 working days more on a task of the longest path must move the finish by as much",
            reason="Where they do not, the longest path is not one: a constraint or missing logic holds the finish.",
            example="[tasks.a]\nduration = 10\n[tasks.b]\nduration = 10",
            cure="Follow the longest path from the task to the finish, and look for a constraint or missing logic.",
        ),
        "RE563": Entry(
            title="critical path length index low",
            rule="(length of the longest path + its total float) / length must be at least 0.95",
            reason="Below it the work left would have to be done faster than planned to keep the date asked for.",
            example="[schedule]\nmust_finish = 2027-03-05\n[tasks.a]\nduration = 20",
            cure="Shorten the longest path, or ask for a later finish.",
        ),
        "RE564": Entry(
            title="baseline execution index",
            rule="as many tasks must be finished as the baseline has finished by now (at least 95 %)",
            reason="It tells whether work is finished at the pace that was planned.",
            example="data_date = 2027-03-08\n[tasks.a]\nduration = 5\nimported.baseline_finish = 2027-03-05",
            cure="Plan what is left at the pace that is reached; without a baseline it cannot be assessed.",
        ),
        "RE565": Entry(
            title="dangling starts",
            rule="the start of an unstarted task must be driven by FS or SS",
            reason="With FF or SF alone a longer task would begin earlier instead of finishing later.",
            example="[tasks.a]\nduration = 5\n[tasks.b]\nduration = 5\nafter = ['a FF']",
            cure="Add what the start of the task waits for.",
        ),
        "RE566": Entry(
            title="dangling finishes",
            rule="the finish of a task must drive something by FS or FF",
            reason="With SS or SF alone the task may take for ever and delay nothing.",
            example="[tasks.a]\nduration = 5\n[tasks.b]\nduration = 5\nafter = ['a SS']",
            cure="Add what waits for the finish of the task.",
        ),
        "RE567": Entry(
            title="long lags",
            rule="a lag must be at most 20 working days",
            reason="A month of waiting is a task with risks of its own.",
            example="[tasks.a]\nduration = 10\n[tasks.b]\nduration = 5\nafter = ['a FS+30d']",
            cure="Make a task of it, and give it a range.",
        ),
        "RE568": Entry(
            title="redundant relationships",
            rule="a relationship should say something that the others do not",
            reason="What is implied already costs time to read and to keep right, and changes no date.",
            example="[tasks.a]\nduration = 5\n[tasks.b]\nduration = 5\nafter = ['a']\n"
            "[tasks.c]\nduration = 5\nafter = ['a', 'b']",
            cure="Remove the relationship; nothing moves.",
        ),
        "RE569": Entry(
            title="span with successors",
            rule="a level of effort or a summary must not drive other tasks",
            reason="Its dates follow those of others, so its own relationships are ignored, here and on the longest "
            "path.",
            example="[tasks.a]\nduration = 5\n[tasks.pm]\ntype = 'level of effort'\nafter = ['a SS', 'a FF']\n"
            "[tasks.b]\nduration = 5\nafter = ['a', 'pm']",
            cure="Connect the successor to the tasks that the span covers.",
        ),
        "RE570": Entry(
            title="out-of-sequence progress",
            rule="a task should not begin or finish before what its logic waits for",
            reason="Either the work or the relationship is not as recorded, and the rest is scheduled on a guess.",
            example="data_date = 2027-03-15\n[tasks.a]\nduration = 5\n[tasks.b]\nduration = 5\nremaining = 2\n"
            "after = ['a']\nactual_start = 2027-03-08",
            cure="Correct the relationship, or the progress; [schedule] out_of_sequence says what is computed.",
        ),
        "RE571": Entry(
            title="risk on finished work only",
            rule="a risk must act on work that is not finished",
            reason="What is finished cannot be delayed any more, so the risk counts for nothing.",
            example="data_date = 2027-03-15\n[tasks.a]\nactual_start = 2027-03-01\nactual_finish = 2027-03-08\n"
            "[tasks.b]\nduration = 5\nafter = ['a']\n[risks.late]\nprobability = 0.5\nimpacts.a.delay = 5",
            cure="Close the risk, or map it to the work that it can still hit.",
        ),
        "RE572": Entry(
            title="risk mapped to nothing",
            rule="a risk must have an impact",
            reason="A risk without impact occurs and changes nothing.",
            example="[tasks.a]\nduration = 5\n[risks.late]\nprobability = 0.5",
            cure="Give it an impact on a task, a selection of tasks or the project; or switch it off.",
        ),
        "RE573": Entry(
            title="the same range everywhere",
            rule="ranges should follow from the work, not be one percentage for all",
            reason="One percentage says that the question was not asked, and its independent draws cancel out.",
            example="\n".join(
                f"[tasks.t{n}]\nduration = [{9 * n}, {10 * n}, {13 * n}]" + (f"\nafter = ['t{n - 1}']" if n > 1 else "")
                for n in range(1, 6)
            ),
            cure="Ask the owners of the work; what is common to all belongs into a risk driver.",
        ),
        "RE574": Entry(
            title="tasks without a range",
            rule="every unfinished task should have a range, where others have one",
            reason="A number without a range claims to be certain.",
            example="[tasks.a]\nduration = [4, 5, 8]\n[tasks.b]\nduration = 5\nafter = ['a']",
            cure="Give it a range, or a range template ([templates]).",
        ),
        "RE575": Entry(
            title="tasks without a WBS code",
            rule="every task should have a WBS code, where others have one",
            reason="Templates, risks and reports that select by WBS pass over tasks without one.",
            example="[tasks.a]\nduration = 5\nwbs = '1.1'\n[tasks.b]\nduration = 5\nafter = ['a']",
            cure="Give the task its place in the work breakdown.",
        ),
        "RE576": Entry(
            title="finish does not respond",
            rule="the finish must move when a task outlasts the project",
            reason="Whatever happens to such a task, the simulated finish of the project does not hear of it.",
            example="[tasks.a]\nduration = 5\n[tasks.b]\nduration = 50\nafter = ['a SS']",
            cure="Add the missing successor, and look for a constraint between the task and the finish.",
        ),
        "RE577": Entry(
            title="one name for several tasks",
            rule="tasks should have names of their own",
            reason="A list of drivers in which three tasks are called the same helps nobody.",
            example="[tasks.a]\nname = 'Test'\nduration = 5\n[tasks.b]\nname = 'Test'\nduration = 5\nafter = ['a']",
            cure="Say in the name what is tested, built or approved.",
        ),
        "RE578": Entry(
            title="tasks as late as possible",
            rule="a simulated schedule should have no ALAP constraint",
            reason="Work that begins at the last moment has used up its float before anything went wrong.",
            example="[tasks.a]\nduration = 5\nconstraints = ['ALAP']\n[tasks.b]\nduration = 10\n"
            "[tasks.end]\nmilestone = true\nafter = ['a', 'b']",
            cure="Remove the constraint, or use SNET where there is an earliest date.",
        ),
    }
)
