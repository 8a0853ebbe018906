"""Generated scenarios by the seed: which kinds there are, and where engine and twin, or run and limits, differ."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from riskengine.model import Scenario
from tests.twin.draws.correlated_words import wrong_words
from tests.twin.simulator import agreement, agreement_under_way, boundaries, generator, perverse, written
from tests.twin.simulator.backlog_scenarios import with_backlogs
from tests.twin.simulator.beyond_limits import beyond_limits
from tests.twin.simulator.branched_scenarios import branched, uncertain
from tests.twin.simulator.chained_scenarios import chained
from tests.twin.simulator.conditioned_scenarios import conditioned
from tests.twin.simulator.delayed_relationships import delayed
from tests.twin.simulator.generator import Document
from tests.twin.simulator.joint_scenarios import joint
from tests.twin.simulator.learning_scenarios import with_learning
from tests.twin.simulator.lost_days import with_lost_days
from tests.twin.simulator.margin_scenarios import with_margins
from tests.twin.simulator.shaped_scenarios import shaped
from tests.twin.simulator.under_way import under_way
from tests.twin.simulator.unhurried_scenarios import unhurried
from tests.twin.simulator.waiting_scenarios import waiting
from tests.twin.simulator.windows import open_ended, windowed
from tests.twin.simulator.work_scenarios import at_a_pace

METHODS = ("sobol", "lhs", "random")
WORDS = 2
"""Iterations whose correlated words are looked at."""
LINES = 3
"""Differences of a scenario that are told."""


@dataclass(frozen=True)
class Kind:
    """Scenarios of one kind: how a seed becomes one, and what finds faults of its run by seed, method, iterations."""

    document: Callable[[int], Document]
    differences: Callable[[Scenario, int, str, int], Iterator[str]]


def _from_twin(scenario: Scenario, seed: int, method: str, iterations: int) -> Iterator[str]:
    """Differences of engine and twin."""
    run = agreement.run(scenario, seed, method, iterations)
    yield from agreement.differences(scenario, run)
    yield from wrong_words(scenario, run, range(min(iterations, WORDS)))


def _from_twin_under_way(scenario: Scenario, seed: int, method: str, iterations: int) -> Iterator[str]:
    """Differences of engine and twin, on a project under way."""
    run = agreement.run(scenario, seed, method, iterations)
    yield from agreement_under_way.differences(scenario, run)
    yield from wrong_words(scenario, run, range(min(iterations, WORDS)))


def _losing(document: Callable[[int], Document]) -> Callable[[int], Document]:
    """Scenarios of a kind whose calendars lose days."""
    return lambda seed: with_lost_days(document(seed), seed)


OF_TWIN = {
    "plain": Kind(generator.document, _from_twin),
    "boundaries": Kind(boundaries.document, _from_twin),
    "boundaries on one calendar": Kind(boundaries.on_one_calendar, _from_twin),
    "under way": Kind(partial(under_way, are_lags_known=True), _from_twin_under_way),
    "boundaries on one calendar under way": Kind(
        partial(under_way, are_lags_known=True, plain=boundaries.on_one_calendar), _from_twin_under_way
    ),
    "boundaries under way": Kind(
        partial(under_way, are_lags_known=True, plain=boundaries.document), _from_twin_under_way
    ),
    "existence": Kind(uncertain, _from_twin),
    "existence at boundaries": Kind(partial(uncertain, plain=boundaries.document), _from_twin),
    "existence at boundaries on one calendar": Kind(partial(uncertain, plain=boundaries.on_one_calendar), _from_twin),
    "existence under way": Kind(
        partial(uncertain, plain=partial(under_way, are_lags_known=True)), _from_twin_under_way
    ),
    "existence at boundaries under way": Kind(
        partial(uncertain, plain=partial(under_way, are_lags_known=True, plain=boundaries.document)),
        _from_twin_under_way,
    ),
}
OF_TWIN |= {
    "branches": Kind(branched, _from_twin),
    "branches at boundaries": Kind(partial(branched, plain=boundaries.document), _from_twin),
    "branches under way": Kind(
        partial(branched, plain=partial(uncertain, plain=partial(under_way, are_lags_known=True))), _from_twin_under_way
    ),
}
OF_TWIN |= {
    "conditions": Kind(conditioned, _from_twin),
    "conditions at boundaries": Kind(
        partial(conditioned, plain=partial(branched, plain=boundaries.document)), _from_twin
    ),
    "conditions at boundaries on one calendar": Kind(
        partial(conditioned, plain=partial(branched, plain=boundaries.on_one_calendar)), _from_twin
    ),
    "conditions under way": Kind(
        partial(
            conditioned,
            plain=partial(branched, plain=partial(uncertain, plain=partial(under_way, are_lags_known=True))),
        ),
        _from_twin_under_way,
    ),
}
OF_TWIN |= {
    "early finishes": Kind(unhurried, _from_twin),
    "early finishes at boundaries": Kind(partial(unhurried, plain=boundaries.document), _from_twin),
    "early finishes at boundaries on one calendar": Kind(
        partial(unhurried, plain=boundaries.on_one_calendar), _from_twin
    ),
    "early finishes in branches": Kind(partial(unhurried, plain=branched), _from_twin),
    "early finishes under way": Kind(
        partial(unhurried, plain=partial(under_way, are_lags_known=True)), _from_twin_under_way
    ),
    "chains": Kind(chained, _from_twin),
    "chains under way": Kind(partial(chained, plain=partial(under_way, are_lags_known=True)), _from_twin_under_way),
}
OF_TWIN |= {
    f"waiting risks of {name}": Kind(partial(waiting, plain=plain), differences)
    for name, plain, differences in (
        ("plain", generator.document, _from_twin),
        ("boundaries", boundaries.document, _from_twin),
        ("boundaries on one calendar", boundaries.on_one_calendar, _from_twin),
        ("conditions", conditioned, _from_twin),
        ("plans under way", partial(under_way, are_lags_known=True), _from_twin_under_way),
    )
}
OF_TWIN |= {
    f"delayed relationships of {name}": Kind(partial(delayed, plain=plain), differences)
    for name, plain, differences in (
        ("plain", generator.document, _from_twin),
        ("boundaries", boundaries.document, _from_twin),
        ("boundaries on one calendar", boundaries.on_one_calendar, _from_twin),
        ("branches", branched, _from_twin),
        ("plans under way", partial(under_way, are_lags_known=True), _from_twin_under_way),
        (
            "boundaries under way",
            partial(under_way, are_lags_known=True, plain=boundaries.document),
            _from_twin_under_way,
        ),
    )
}
OF_TWIN["exposures between tasks"] = Kind(
    partial(windowed, plain=partial(under_way, are_lags_known=True)), _from_twin_under_way
)
OF_TWIN["exposures without an end"] = Kind(
    partial(open_ended, plain=partial(windowed, plain=partial(under_way, are_lags_known=True))), _from_twin_under_way
)
OF_TWIN |= {
    "margins": Kind(with_margins, _from_twin),
    "margins at boundaries": Kind(partial(with_margins, plain=boundaries.document), _from_twin),
    "margins at boundaries on one calendar": Kind(partial(with_margins, plain=boundaries.on_one_calendar), _from_twin),
    "margins in branches": Kind(partial(with_margins, plain=branched), _from_twin),
    "margins under way": Kind(
        partial(with_margins, plain=partial(under_way, are_lags_known=True)), _from_twin_under_way
    ),
}
OF_TWIN |= {
    "learning": Kind(with_learning, _from_twin),
    "learning at boundaries": Kind(partial(with_learning, plain=boundaries.document), _from_twin),
    "learning under way": Kind(
        partial(with_learning, plain=partial(under_way, are_lags_known=True)), _from_twin_under_way
    ),
}
OF_TWIN |= {f"{name} with lost days": Kind(_losing(kind.document), kind.differences) for name, kind in OF_TWIN.items()}
OF_TWIN |= {
    "shapes": Kind(shaped, _from_twin),
    "shapes under way": Kind(partial(shaped, plain=partial(under_way, are_lags_known=True)), _from_twin_under_way),
    "work": Kind(at_a_pace, _from_twin),
    "work under way": Kind(partial(at_a_pace, plain=partial(under_way, are_lags_known=True)), _from_twin_under_way),
    "work in branches": Kind(partial(branched, plain=partial(uncertain, plain=at_a_pace)), _from_twin),
    "joint": Kind(joint, _from_twin),
    "joint at boundaries": Kind(partial(joint, plain=boundaries.document), _from_twin),
    "joint under way": Kind(partial(joint, plain=partial(under_way, are_lags_known=True)), _from_twin_under_way),
}
OF_TWIN |= {
    "backlogs": Kind(with_backlogs, _from_twin),
    "backlogs at boundaries": Kind(partial(with_backlogs, plain=boundaries.document), _from_twin),
    "backlogs on one calendar": Kind(partial(with_backlogs, plain=boundaries.on_one_calendar), _from_twin),
    "backlogs under way": Kind(
        partial(with_backlogs, plain=partial(under_way, are_lags_known=True)), _from_twin_under_way
    ),
    "backlogs with lost days": Kind(_losing(with_backlogs), _from_twin),
    "backlogs in branches": Kind(partial(branched, plain=partial(uncertain, plain=with_backlogs)), _from_twin),
    "backlogs with early finishes": Kind(partial(unhurried, plain=with_backlogs), _from_twin),
}
KINDS = OF_TWIN | {
    "limits": Kind(perverse.document, beyond_limits),
    "limits of branches": Kind(partial(branched, plain=perverse.document), beyond_limits),
    "limits of conditions": Kind(partial(conditioned, plain=partial(branched, plain=perverse.document)), beyond_limits),
    "limits of early finishes": Kind(partial(unhurried, plain=perverse.document), beyond_limits),
    "limits of delayed relationships": Kind(partial(delayed, plain=perverse.document), beyond_limits),
    "limits of work": Kind(partial(at_a_pace, plain=perverse.document), beyond_limits),
    "limits of margins": Kind(partial(with_margins, plain=perverse.document), beyond_limits),
    "limits of existence": Kind(partial(uncertain, plain=perverse.document), beyond_limits),
    "limits of joint": Kind(partial(joint, plain=perverse.document), beyond_limits),
    "limits of chains": Kind(partial(chained, plain=perverse.document), beyond_limits),
    "limits of backlogs": Kind(partial(with_backlogs, plain=perverse.document), beyond_limits),
    "limits of waiting risks": Kind(partial(waiting, plain=perverse.document), beyond_limits),
}


def differences_of(kind: str, seed: int, folder: Path, iterations: int) -> list[str]:
    """First faults of the scenario of one kind that a seed names: the engine is not where its twin, its limits are."""
    generated = KINDS[kind]
    scenario = written.read(generated.document(seed), folder, ".toml" if seed % 3 else ".json")
    return list(islice(generated.differences(scenario, seed, METHODS[seed % 3], iterations), LINES))


def disagreements(kind: str, seeds: Iterable[int], folder: Path, iterations: int) -> list[str]:
    """First differences of each scenario on which engine and twin differ."""
    return [f"{kind} {seed}: {line}" for seed in seeds for line in differences_of(kind, seed, folder, iterations)]
