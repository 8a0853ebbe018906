"""RE65x: single iterations of a run, and what a run says to teams."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

TRACING: Mapping[str, Entry] = MappingProxyType(
    {
        "RE650": Entry(
            title="no such iteration",
            rule="the iteration must be one of the run, numbered from 0",
            reason="Another one was never simulated, and is in none of the numbers of the run.",
            example="riskengine trace results/plan --iteration 10240    # of 10,240 iterations",
            cure="Give a number from 0 to one less than the run has iterations.",
        ),
        "RE651": Entry(
            title="iteration to trace not said",
            rule="either an iteration or a percentile near which to look must be given, and not both",
            reason="There are thousands of iterations, and none of them is the natural one to show.",
            example="riskengine trace results/plan",
            cure="Give --iteration 8013, or --near p80.",
        ),
        "RE652": Entry(
            title="no percentile",
            rule="a percentile must be above 0 and at most 100",
            reason="P80 is the value that 80 in 100 iterations do not exceed; beyond these ends there is none.",
            example="riskengine trace results/plan --near p800",
            cure="Write p80, or p99.5.",
        ),
        "RE653": Entry(
            title="nothing to trace by that name",
            rule="what is traced must be finish, cost, a gate or a target of the run",
            reason="The percentile, and the path that drives the finish, are those of one of these.",
            example="riskengine trace results/plan --near p80 --of delivry",
            cure="Use one of the names that the message lists.",
        ),
        "RE654": Entry(
            title="absence not understood",
            rule="an absence must say who is away, and from which day to which",
            reason="Both days count, and the first must not be after the last.",
            example='riskengine teams plan.toml --absence "ana in May"',
            cure='Write --absence "ana 2027-05-03..2027-05-24".',
        ),
        "RE655": Entry(
            title="absence of nobody",
            rule="somebody who is absent must be a resource, an owner or a team with unfinished tasks",
            reason="An absence that changes nothing because of a misspelt name would look like good news.",
            example='riskengine teams plan.toml --absence "anna 2027-05-03..2027-05-24"',
            cure="Use a name that the plan has; riskengine teams lists them.",
        ),
    }
)
