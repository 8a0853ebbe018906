"""RE640, RE641, RE897 to RE899: what is asked of a joint confidence, a contingency, an outside view."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

CONFIDENCE: Mapping[str, Entry] = MappingProxyType(
    {
        "RE640": Entry(
            title="level or confidence out of range",
            rule="a level or confidence must be above 0 and below 1",
            reason="No amount and no date is certain to be enough, and none is needed for a probability of 0.",
            example="riskengine jcl results/plan --level 70",
            cure="Write it as a share: 0.7 for 70 %.",
        ),
        "RE641": Entry(
            title="date or amount to keep cannot be read",
            rule="a date to keep must be written as 2028-06-30, and an amount as a plain number",
            reason="30.06.2028 and 06/30/2028 mean different days to different people.",
            example="riskengine jcl results/plan --finish 30.06.2028",
            cure="Write the year, the month and the day: 2028-06-30, or 2028-06-30T12:00 for an instant.",
        ),
        "RE897": Entry(
            title="nothing to hold a plan against",
            rule="an outside view needs finished projects, or a kind of the Green Book",
            reason="It says what such projects came to, which nobody can guess.",
            example="riskengine outside-view results/plan",
            cure="Name a table with --past-durations or --past-costs, or a kind with --green-book.",
        ),
        "RE898": Entry(
            title="too few finished projects",
            rule="an outside view needs 10 finished projects with estimate and actual",
            reason="Of fewer, what the next one will take is anybody's guess.",
            example="riskengine outside-view results/plan --past-durations three-projects.csv",
            cure="Add finished projects that were like this one, or take a kind of the Green Book.",
        ),
        "RE899": Entry(
            title="multiple of the plan too large",
            rule="finished projects must not lead beyond the year 9999",
            reason="An actual in other units than its estimate gives a multiple of that kind.",
            example="riskengine outside-view results/plan --past-durations hours-against-days.csv",
            cure="Write estimate and actual in one unit.",
        ),
    }
)
