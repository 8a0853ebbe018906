"""RE43x: indices of prices, and RE609 to RE610 once money accrues."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

STEEL = "[indices.steel]\nvalues = {2027-01 = 112.4, 2027-07 = 115}\n"
"""An index, as examples have it."""

INDICES: Mapping[str, Entry] = MappingProxyType(
    {
        "RE430": Entry(
            title="unknown index",
            rule="the index of a cost must be one of [indices.ID]",
            reason="What prices do that nobody wrote down cannot be told.",
            example=f"{STEEL}[costs.frame]\nfixed = 900000\nindex = 'steal'",
            cure="Correct the id, or add the index.",
        ),
        "RE431": Entry(
            title="index that says nothing",
            rule="an index must have values, a rate or both",
            reason="Without either it says nothing of any month.",
            example="[indices.steel]\nname = 'Structural steel'",
            cure="Give values by month, or the growth a year as rate.",
        ),
        "RE432": Entry(
            title="month that is none",
            rule="a month of an index must be written as YYYY-MM, from 1900 to 2999",
            reason="An index has one value for each month.",
            example="[indices.steel]\nvalues = {2027 = 112.4}",
            cure="Write the month, 2027-01.",
        ),
        "RE433": Entry(
            title="value of an index not above 0",
            rule="a value of an index must be above 0",
            reason="Prices are divided by it.",
            example="[indices.steel]\nvalues = {2027-01 = 112.4, 2027-07 = 0}",
            cure="Correct the value, or leave the month out where it is not known.",
        ),
        "RE434": Entry(
            title="prices that fall to nothing",
            rule="the rate of an index must be above -1",
            reason="It is growth a year, 0.03 for 3 %: at -1 everything is free after a year.",
            example="[indices.steel]\nrate = [-1, 0.02, 0.05]",
            cure="Write 3 % as 0.03; cut an estimate that reaches down too far with min.",
        ),
        "RE435": Entry(
            title="index without a month that is asked for",
            rule="an index must know the months of its base and of the project's start",
            reason="Nothing is known of it before its first value or, without a rate, behind its last.",
            example="[indices.steel]\nvalues = {2035-01 = 112.4}\n[costs.frame]\nfixed = 900000\nindex = 'steel'",
            cure="Give a value for that month or an earlier one, or a rate by which the index goes on.",
        ),
        "RE436": Entry(
            title="index on work as late as possible",
            rule="what a task costs that is wanted as late as possible must not follow an index",
            reason="When its money accrues is known only once the whole plan has been scheduled backwards.",
            example=f"{STEEL}[tasks.frame]\nduration = 5\nconstraints = ['ALAP']\n"
            "cost = {fixed = 9, index = 'steel'}",
            cure="Take the constraint out, or put the money into a task of its own without it.",
        ),
        "RE437": Entry(
            title="factor on a cost line that follows an index",
            rule="a cost_factor must not act on a cost line that follows an index",
            reason="What a line costs in the prices of its base has to be known by itself.",
            example=f"{STEEL}[costs.frame]\nfixed = 900000\nindex = 'steel'\n[risks.dear]\nprobability = 0.4\n"
            "impacts.'cost:frame'.cost_factor = 1.2",
            cure="Put the money into the cost of a task, name other costs in impacts, or take the index out.",
        ),
        "RE609": Entry(
            title="money accrues when an index has ended",
            rule="an index must know every month in which money that follows it accrues",
            reason="In some iteration work goes on behind the last value of an index that has no rate: what prices "
            "are then is not guessed.",
            example="[indices.steel]\nvalues = {2027-03 = 112.4}\n[tasks.frame]\nduration = 90\n"
            "cost = {fixed = 9, index = 'steel'}",
            cure="Give the index a rate, by which it goes on from its last value: 0 holds it.",
        ),
        "RE610": Entry(
            title="prices grow beyond all numbers",
            rule="prices that follow an index must not grow beyond what a number can hold",
            reason="A rate of growth runs on for every year between the base of its index and the date of the money.",
            example="[indices.steel]\nbase = '1900-01'\nrate = 1000\n[tasks.frame]\nduration = 90\n"
            "cost = {fixed = 9, index = 'steel'}",
            cure="Write the rate as a share a year, 0.03 for 3 %, and as base the month whose prices the money is in.",
        ),
    }
)
