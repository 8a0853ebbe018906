"""RE69x: finished work held against its estimates."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

CALIBRATION: Mapping[str, Entry] = MappingProxyType(
    {
        "RE690": Entry(
            title="no table of finished work",
            rule="a table of finished work must have headings: actual, and estimate or low and high",
            reason="How sure estimates are is told by an estimate and an actual together, by neither alone.",
            example="id,estimate\nA,5",
            cure='Give the columns the headings estimate (or low, likely, high) and actual, such as "estimate (d)".',
        ),
        "RE691": Entry(
            title="amount of finished work cannot be read",
            rule="must be a number that is not below 0, with or without its unit",
            reason="Nothing is converted in silence, and work that took less than nothing is a slip.",
            example="estimate,actual\n5,about 7",
            cure="Write a number such as 7.5 or 7.5d; leave the cell empty where nobody knows.",
        ),
        "RE692": Entry(
            title="finished item twice",
            rule="an item must stand once in a table of finished work",
            reason="Two exports that were joined would count their common items twice, and seem surer than they are.",
            example="id,estimate,actual\nA,5,7\nA,5,7",
            cure="Remove one of the rows, or give it an id of its own.",
        ),
        "RE693": Entry(
            title="units mixed",
            rule="estimates and actuals must be in one unit, which may be told in the headings",
            reason="Whether a day has 8 hours or 24 decides whether work was late, and no table says which.",
            example="estimate (d),actual (h)\n5,44",
            cure="Give the working hours of a day with --hours-per-day, or convert one of the columns.",
        ),
        "RE694": Entry(
            title="two columns for one thing",
            rule="only one column may hold an amount, a team, a status or a date",
            reason="Which of two estimates was meant nobody can tell.",
            example="estimate,original estimate,actual\n5,6,7",
            cure="Remove one of the columns, or give it another heading.",
        ),
        "RE695": Entry(
            title="too few finished items",
            rule="at least 10 items must have an estimate and an actual, 30 are advised",
            reason="Fewer say nothing about how sure the next estimates will be, however sure a number looks.",
            example="estimate,actual\n5,7\n3,4",
            cure="Add items that are done, or calibrate all teams together, without --by.",
        ),
        "RE696": Entry(
            title="no range",
            rule="three points must be low <= likely <= high, none below 0",
            reason="Points in another order are in the wrong columns.",
            example="low,likely,high,actual\n8,5,4,6",
            cure="Put the points in order.",
        ),
        "RE697": Entry(
            title="no column of teams",
            rule="a table that is calibrated by team must have a column team",
            reason="Nobody can tell whose items they are.",
            example="riskengine calibrate items-without-teams.csv --by team",
            cure="Add the column team, or leave --by away.",
        ),
        "RE699": Entry(
            title="no ranges to write",
            rule="ranges are written of teams that have a name, or of all items together",
            reason="A template and a driver select tasks by their team.",
            example="riskengine calibrate finished.csv --by team -o ranges.toml",
            cure="Name the team of each item, or leave --by away.",
        ),
        "RE698": Entry(
            title="no way to read finished work",
            rule="shape is pert or triangular, low-is and high-is percentiles such as p10, a day up to 24 hours",
            reason="They say what three points and a day mean, and nothing else would be understood.",
            example="riskengine calibrate finished.csv --low-is 10",
            cure="Write percentiles as p10, and the hours of a day as a number such as 7.5.",
        ),
    }
)
