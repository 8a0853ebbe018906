"""RE74x: forms for experts."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

ELICITATION: Mapping[str, Entry] = MappingProxyType(
    {
        "RE740": Entry(
            title="no form of an expert",
            rule="a form must have the headings task, p10, likely, p90",
            reason="Without a heading nobody can tell which number is the pessimistic one.",
            example="task,low,high\nbuild,10,30",
            cure="Fill in the form that riskengine elicit makes, and leave its headings as they are.",
        ),
        "RE741": Entry(
            title="row of a form half filled in",
            rule="a row must have P10, likely and P90, or none of them",
            reason="What a missing P90 might be is what the expert was asked for.",
            example="task,p10,likely,p90\nbuild,10,15,",
            cure="Ask the expert for what is missing, or empty the row.",
        ),
        "RE742": Entry(
            title="points of a form out of order",
            rule="must be P10 <= likely <= P90, and P10 below P90",
            reason="Points in another order are in the wrong columns, and a range without width is none.",
            example="task,p10,likely,p90\nbuild,30,15,10",
            cure="Ask the expert which is which.",
        ),
        "RE743": Entry(
            title="cell of a form cannot be read",
            rule="must be a number that is not below 0",
            reason="Nothing is converted in silence.",
            example="task,p10,likely,p90\nbuild,10,about 15,30",
            cure="Write a plain number such as 12.5, in the unit of the row.",
        ),
        "RE744": Entry(
            title="units of forms mixed",
            rule="all forms must keep the unit of a task",
            reason="Ten days and ten weeks look alike once their units are gone.",
            example="task,unit,p10,likely,p90\nbuild,w,2,3,6",
            cure="Convert the numbers to the unit of the form.",
        ),
        "RE745": Entry(
            title="two forms of one expert",
            rule="an expert must have one form",
            reason="Who is counted twice weighs twice.",
            example="riskengine collect sheets-with-a-copy/",
            cure="Remove the older form, or write two names into the cell beside Expert.",
        ),
        "RE746": Entry(
            title="no forms to collect",
            rule="a folder must hold 1 to 200 forms, .xlsx or .csv, with numbers in them",
            reason="There is nothing to pool.",
            example="riskengine collect empty-folder/",
            cure="Make forms with riskengine elicit, and put those that come back into one folder.",
        ),
        "RE747": Entry(
            title="task of a form unknown",
            rule="must be a task of the plan that has work before it",
            reason="An estimate of a task that is gone or finished would be lost in silence.",
            example="task,p10,likely,p90\nbiuld,10,15,30",
            cure="Correct the id, or remove the row.",
        ),
        "RE748": Entry(
            title="ranges that no linear pool can join",
            rule="the ranges of a linear pool must overlap",
            reason="Between two ranges that are apart there is a gap in which nobody expects the task to end.",
            example="task,p10,likely,p90 of two experts\nbuild,2,3,4\nbuild,20,30,40",
            cure="Talk with the experts about their reasons, or average their percentiles with --pool quantile.",
        ),
        "RE749": Entry(
            title="nothing to ask experts",
            rule="a plan must have a task with a duration that is still open, of the team that is asked about",
            reason="What is finished, a milestone or estimated by its work is not asked.",
            example="riskengine elicit finished-plan.toml -o form.xlsx",
            cure="Name a team that has such a task, or leave --team away.",
        ),
    }
)
