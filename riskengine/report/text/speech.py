"""How the sentences about a run are worded: English here, and whatever language brings the same phrases."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from riskengine.report.text import notation
from riskengine.report.text.notation import End, clean

PHRASES: Mapping[str, str] = MappingProxyType(
    {
        "go": "GO",
        "no-go": "NO-GO",
        "undecided": "UNDECIDED",
        "overall": "{answer}: {reasons}.",
        "fails": "{names} fails|{names} fail",
        "is_undecided": "{names} is undecided|{names} are undecided",
        "passes": "{count} of {gates} passes|{count} of {gates} pass",
        "gates": "{count} gate|{count} gates",
        "futures": "{count} simulated future of this project|{count} simulated futures of this project",
        "none": "Of {futures}, none {outcome}; you asked for {asked} in 100. {answer}.",
        "all": "The {futures} {outcome}; you asked for {asked} in 100. {answer}.|"
        "Of {futures}, all {outcome}; you asked for {asked} in 100. {answer}.",
        "share": "In 100 futures of this project, {share} {outcome}; you asked for {asked}. {answer}.",
        "finish": "finishes by {date}|finish by {date}",
        "reach": "reaches {target} by {date}|reach {target} by {date}",
        "cost": "costs at most {amount}|cost at most {amount}",
        "both": "{one} and {other}",
        "doubt": "{count} iteration puts that chance between {low} and {high} ({level} interval).|"
        "{count} iterations put that chance between {low} and {high} ({level} interval).",
        "open": "{count} iteration puts that chance between {low} and {high} ({level} interval), which leaves open "
        "whether it reaches {asked}; more iterations (--until) narrow it.|{count} iterations put that chance between "
        "{low} and {high} ({level} interval), which leaves open whether it reaches {asked}; more iterations (--until) "
        "narrow it.",
        "more": "{names} and {count} more",
        "left_out": "gate {gates} asks for the finish of {tasks}, which the delays of {risks} on the whole project do "
        "not reach; a gate without a target would count them|gates {gates} ask for the finish of {tasks}, which the "
        "delays of {risks} on the whole project do not reach; a gate without a target would count them",
        "iterations": "{count} iteration|{count} iterations",
        "rare_risk": "Risk {risk} ({chance}) {often} in {iterations}; {silent} little of it.",
        "never": "did not occur",
        "often": "occurred once|occurred {count} times",
        "twice": "occurred twice",
        "high_percentiles": "percentiles above P{percent} say",
        "all_percentiles": "its percentiles say",
        "more_rare_risks": "{count} more risk is as rare (risks.arrow).|{count} more risks are as rare (risks.arrow).",
        "sure_risk": "Risk {risk} ({chance}) occurred in {often} iterations, which say little of it not occurring.",
        "all_of_them": "all {iterations}",
        "all_but": "all but {count} of {iterations}",
        "more_sure_risks": "{count} more risk is as nearly sure (risks.arrow).|"
        "{count} more risks are as nearly sure (risks.arrow).",
        "rare_value": "{estimate}: {values} ({chance}) is expected in {expected} of {iterations}, which say little of "
        "it.|{estimate}: {values} ({chance}) are expected in {expected} of {iterations}, which say little of it.",
        "more_rare_values": "{count} more estimate has values as rare (scenario.json).|"
        "{count} more estimates have values as rare (scenario.json).",
    }
)
"""Phrases by key. Where one and many differ, a bar stands between them."""


@dataclass(frozen=True)
class Speech:
    """A language for sentences.

    Parameters
    ----------
    phrases : mapping of str to str
        Those of :data:`PHRASES`, with the same values in braces.
    written : callable
        How a number that was written in English is written.
    moment : callable
        How a threshold is written; see :func:`riskengine.report.text.notation.moment`.
    """

    phrases: Mapping[str, str]
    written: Callable[[str], str]
    moment: Callable[[datetime], str]

    def say(self, key: str, count: float = 2, **values: str) -> str:
        """Return a phrase with its values, for one or for so many; what is counted is `count` in it."""
        one, _, many = self.phrases[key].partition("|")
        phrase = one if count == 1 or not many else many
        return phrase.format(count=self.written(f"{count:,.10g}"), **values)

    def chance(self, value: float, against: float | None = None, end: End = "") -> str:
        """Return a probability in percent."""
        return self.written(notation.chance(value, against, end))

    def confidence(self, confidence: float) -> str:
        """Return a confidence in a hundred, exactly."""
        return self.written(notation.confidence_in_hundred(confidence))

    def limit(self, value: float, currency: str) -> str:
        """Return money that somebody wrote down."""
        return f"{self.written(notation.limit(value, ''))} {clean(currency)}".rstrip()

    def names(self, names: Sequence[str], most: int) -> str:
        """Return the first of some names, cleaned, and how many more there are."""
        first_names = ", ".join(clean(name) for name in names[:most])
        return self.say("more", len(names) - most, names=first_names) if len(names) > most else first_names


ENGLISH = Speech(PHRASES, str, notation.moment)
