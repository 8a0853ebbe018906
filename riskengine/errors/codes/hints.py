"""RE59x: what is allowed but seldom meant. ``check`` prints these as hints; nothing is refused for them."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

HINTS: Mapping[str, Entry] = MappingProxyType(
    {
        "RE590": Entry(
            title="percentage below one",
            rule="percent_complete is in percent: 50 is one half, 0.5 is half of one percent",
            reason="A share written where a percentage belongs leaves nearly all of the work to do.",
            example="[tasks.a]\nduration = 10\nactual_start = 2027-02-22\npercent_complete = 0.5",
            cure="Write 50 for one half. Where less than one percent is meant, write remaining in its place.",
        ),
        "RE591": Entry(
            title="factor far from one",
            rule="a factor multiplies: 1.2 is 20 % more, 5 is five times as much",
            reason="A percentage written as a factor, such as 20 for 20 %, makes twenty of one.",
            example="[risks.late]\nprobability = 0.3\nimpacts.a.factor = 20",
            cure="Write 20 % more as 1.2 and 20 % less as 0.8; what is meant as it stands may stay.",
        ),
        "RE592": Entry(
            title="duration far from all others",
            rule="a bare number is working days; this task takes 20 times as long as most others, or a hundredth",
            reason="Hours read as days make one task as long as the project; minutes in place of days make it nothing.",
            example="[tasks]\na = {duration = 5}\nb = {duration = 8}\nc = {duration = 200}",
            cure='Write the unit, as in "200h", or split the task; what is meant as it stands may stay.',
        ),
        "RE593": Entry(
            title="money of mixed size",
            rule="all money is in one unit; these amounts are hundreds of times larger or smaller than the others",
            reason="Thousands beside single units make one cost all that counts, or none.",
            example="[costs]\na = {fixed = 52}\nb = {fixed = 80}\nc = {fixed = 61000}",
            cure="Write all amounts in the same unit; what is meant as it stands may stay.",
        ),
        "RE594": Entry(
            title="factor on costs that are not there",
            rule="a cost_factor multiplies fixed cost and rates, and what it acts on has neither",
            reason="A share of nothing is nothing: the risk would cost nothing in every future.",
            example="[tasks.a]\nduration = 5\n[risks.dear]\nprobability = 0.3\nimpacts.a.cost_factor = 1.2",
            cure="Give the task or the cost line a cost, name another, or write cost for an amount of money.",
        ),
        "RE595": Entry(
            title="key with a new name",
            rule="a key that was renamed is read under its old name, too, but not beside the new one",
            reason="One thing has one name: what was as_of is the data date of the import.",
            example="[imported]\nas_of = 2027-03-01T08:00:00",
            cure="Write the new name; a later version of the format may know the old one no more.",
        ),
        "RE596": Entry(
            title="holidays end before the work does",
            rule="a calendar lists its days off until the last work on it is done",
            reason="Behind the last day off every day of the week is worked as usual, and dates there are too early.",
            example='[calendars.standard]\nweek = "mon-fri 08:00-16:00"\n'
            "holidays = [2027-03-26, 2027-05-06, 2027-12-27]\n\n[tasks.a]\nduration = 400",
            cure="List the days off of the years that follow; where there are none, the hint may stay.",
        ),
    }
)
