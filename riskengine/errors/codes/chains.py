"""RE37x: risks that others trigger, outcomes that exclude each other, risks that an action brings along."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

RISKS = (
    "[tasks.a]\nduration = 5\n[risks.storm]\nprobability = 0.3\nimpacts.a.delay = 5\n"
    "[risks.flood]\nprobability = 0.5\nimpacts.a.delay = 9\n"
)

CAUSES = [f"a{number}" for number in range(14)]
TANGLE = "\n".join(
    [
        "[tasks.a]\nduration = 5\n[risks]",
        *(f"{cause} = {{ probability = 0.5 }}" for cause in CAUSES),
        f"b = {{ probability = 0.5, triggered_by = {CAUSES} }}",
        *(f"c{cause} = {{ probability = 0.5, triggered_by = ['{cause}'] }}" for cause in CAUSES),
        f"top = {{ probability = 0.5, triggered_by = {['b', *(f'c{cause}' for cause in CAUSES)]} }}",
    ]
)
"""Fourteen risks that all trigger one, and each one more, all of which trigger the last: 2^14 cases."""

CHAINS: Mapping[str, Entry] = MappingProxyType(
    {
        "RE370": Entry(
            title="unknown risk in a chain",
            rule="must be the id of another risk",
            reason="What triggers a risk, what excludes it and what an action brings along are risks of the scenario.",
            example=f"{RISKS}triggered_by = ['strom']",
            cure="Correct the id, or take it out.",
        ),
        "RE371": Entry(
            title="risks that trigger each other in a circle",
            rule="risks must not trigger each other in a circle",
            reason="Each of them would wait for another one to occur, so that none ever did.",
            example=(
                "[tasks.a]\nduration = 5\n[risks.storm]\nprobability = 0.3\ntriggered_by = ['flood']\n"
                "[risks.flood]\nprobability = 0.5\ntriggered_by = ['storm']"
            ),
            cure="Let the first of them be triggered by none.",
        ),
        "RE372": Entry(
            title="outcomes that add up to more than 1",
            rule="the probabilities of risks of which at most one occurs must add up to 1 at most",
            reason="In every future one of them occurs, or none.",
            example=f"{RISKS}[risks.hail]\nprobability = 0.6\n[exclusive.weather]\nrisks = ['storm', 'flood', 'hail']",
            cure="Lower a probability.",
        ),
        "RE373": Entry(
            title="single outcome",
            rule="risks of which at most one occurs must be two or more, each named once",
            reason="One risk alone excludes nothing.",
            example=f"{RISKS}[exclusive.weather]\nrisks = ['storm']",
            cure="Name the other outcomes, too, or take the table out.",
        ),
        "RE374": Entry(
            title="risk in two places",
            rule="a risk must be in one set of outcomes at most, and be brought along by one action at most",
            reason="One draw decides which outcome it is, and one action whether there is such a risk.",
            example=(
                f"{RISKS}[exclusive.weather]\nrisks = ['storm', 'flood']\n[exclusive.water]\nrisks = ['flood', 'storm']"
            ),
            cure="Make one set of them, or name the risk in one of them only.",
        ),
        "RE375": Entry(
            title="risk triggered by what excludes it",
            rule="no risk may be triggered by one that excludes it, not by way of others either",
            reason="It could never occur.",
            example=f"{RISKS}triggered_by = ['storm']\n[exclusive.weather]\nrisks = ['storm', 'flood']",
            cure="Take it out of the set, or out of the chain.",
        ),
        "RE376": Entry(
            title="two outcomes that have both occurred",
            rule="of risks of which at most one occurs, at most one may have occurred",
            reason="They exclude each other.",
            example=(
                "[tasks.a]\nduration = 5\n[risks.storm]\nstatus = 'occurred'\nimpacts.a.delay = 5\n"
                "[risks.flood]\nstatus = 'occurred'\nimpacts.a.delay = 9\n"
                "[exclusive.weather]\nrisks = ['storm', 'flood']"
            ),
            cure="Take one of them out of the set: they do not exclude each other.",
        ),
        "RE377": Entry(
            title="exposure of a risk that depends on others",
            rule="a risk that others trigger or exclude must have no exposure",
            reason="What has not happened until now says something of those others, too, which is not worked out.",
            example=f"{RISKS}triggered_by = ['storm']\nexposure = {{ from = 2027-03-01, to = 2027-08-31 }}",
            cure="Give the probability that is left, without an exposure.",
        ),
        "RE378": Entry(
            title="correlation of a risk in a chain",
            rule="a risk that others trigger or exclude, or that is one of several triggers, must not be correlated",
            reason="How often it occurs would no longer be what its probabilities say.",
            example=(
                f"{RISKS}triggered_by = ['storm']\n[correlations.both]\nbetween = ['a', 'risk:flood']\nrank = 0.5"
            ),
            cure="Correlate the impacts, or the risk that triggers it where there is one alone.",
        ),
        "RE379": Entry(
            title="chain too tangled",
            rule="the chance of a risk that others trigger must be worked out from 4,096 cases at most",
            reason="Intervals rest on that chance, and it takes all ways in which its triggers may occur.",
            example=TANGLE,
            cure="Let fewer risks trigger it, or put one in between that several trigger.",
        ),
    }
)
