"""From a scenario to its run: plan, engine and tables in one call."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from numbers import Integral, Real

from riskengine import analysis, engine, plan
from riskengine.analysis.stopping import StoppingRule, stopping_rule
from riskengine.api.asking import wrong_argument
from riskengine.api.plan_health import with_health
from riskengine.api.run import Run, run_of
from riskengine.api.scenario import Scenario as ChangeableScenario
from riskengine.api.scenario import resolved_as_read
from riskengine.errors import UsageError
from riskengine.model import Scenario
from riskengine.plan import Plan
from riskengine.results.run import assemble, facts_of
from riskengine.results.samples.sample import Sample
from riskengine.scenario import digest_of, dumps

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class SimulationOptions:
    """How a scenario is simulated; see :func:`riskengine.simulate` and :func:`riskengine.decide`.

    Parameters
    ----------
    iterations, seed : int
    method : str
        ``random``, ``lhs`` or ``sobol``.
    threads : int or None
    until : int, str, StoppingRule or None
        Iterations at the most, while a gate is undecided, or what has to hold: ``"P80(finish) +- 1d"``.
    progress : callable or None
    memory_share : float
        Part of the memory that is for this run.
    contributions : bool
        Whether what each risk contributes is measured.
    simulate_plan : callable or None
        What simulates the plan in place of this process, such as a cluster: it is called with the plan, the resolved
        scenario, the settings and ``progress``, and gives the sample that this process would make. It has no ``until``.
    """

    iterations: int = 10_240
    seed: int = 1
    method: str = "sobol"
    threads: int | None = None
    until: int | str | StoppingRule | None = None
    progress: Progress | None = None
    memory_share: float = 1.0
    contributions: bool = True
    simulate_plan: Callable[[Plan, str, engine.Settings, Progress | None], Sample] | None = None


def run_scenario(scenario: Scenario, options: SimulationOptions) -> Run:
    """Simulate a scenario that was read without a fault.

    Parameters
    ----------
    scenario : Scenario
        As the reader made it: nothing of it is checked again.
    options : SimulationOptions
    """
    options = checked(options)
    settings = settings_of(options)
    rule = rule_of(options)
    rule.refuse_unknown(scenario.targets, scenario.gates)
    most = max(options.iterations, rule.most)
    times = looks(options.iterations, most)
    count = times if rule.asks_gates else 1

    def is_enough(sample: Sample) -> bool:
        is_decided = not rule.asks_gates or all(
            gate.answer != "undecided" for gate in analysis.decide(sample, looks=count).gates
        )
        return is_decided and rule.is_precise(analysis.tables(sample, looks=count))

    enough = is_enough if times > 1 else None
    compiled = plan_of(scenario)
    if options.simulate_plan is not None:
        sample = options.simulate_plan(compiled, dumps(scenario), settings, options.progress)
    else:
        sample = engine.simulate_until(
            compiled, settings, enough, most, progress=options.progress, share=options.memory_share
        )
    tables = analysis.tables(with_health(sample, scenario, compiled), looks=count)
    if isinstance(scenario, ChangeableScenario):
        return Run._of(facts_of(sample), tables, lambda: resolved_as_read(scenario))
    resolved = dumps(scenario)
    return run_of(assemble(sample, tables, resolved, digest_of(resolved)))


def plan_of(scenario: Scenario) -> Plan:
    """Return the plan of a scenario: from that of the scenario it was changed from, where there is one."""
    if isinstance(scenario, ChangeableScenario):
        return scenario._plans.plan_of(scenario)
    return plan.compile(scenario)


def checked(options: SimulationOptions) -> SimulationOptions:
    """Return the options with whole numbers as Python's own, or refuse what is of the wrong type."""
    if not isinstance(options.method, str):
        raise wrong_argument("method", f"must be one of {', '.join(engine.METHODS)}", options.method)
    if options.progress is not None and not callable(options.progress):
        raise wrong_argument("progress", "must be a function", options.progress)
    if not isinstance(options.contributions, bool):
        raise wrong_argument("contributions", "must be True or False", options.contributions)
    share = options.memory_share
    if isinstance(share, bool) or not isinstance(share, Real) or not 0 < share <= 1:
        raise wrong_argument("memory_share", "must be above 0 and at most 1", share)
    threads = None if options.threads is None else whole("threads", options.threads)
    iterations, seed = whole("iterations", options.iterations), whole("seed", options.seed)
    return replace(options, iterations=iterations, seed=seed, threads=threads)


def rule_of(options: SimulationOptions) -> StoppingRule:
    """Return when a run stops: at its number of iterations where nothing else is asked for."""
    if options.until is None:
        return StoppingRule(options.iterations, asks_gates=False)
    if isinstance(options.until, StoppingRule):
        rule = options.until
    elif isinstance(options.until, str):
        rule = stopping_rule(options.until)
    else:
        rule = StoppingRule(whole("until", options.until), asks_gates=True)
    if not 1 <= rule.most <= engine.MOST_ITERATIONS:
        raise wrong_argument("until", "must be from 1 to 1 000 000 000", rule.most)
    return rule


def whole(name: str, value: object) -> int:
    """Return a whole number, of numpy or of Python, as Python's own; refuse anything else."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise wrong_argument(name, "must be a whole number", value)
    return int(value)


def settings_of(options: SimulationOptions) -> engine.Settings:
    """Return the settings of the engine, or refuse what is out of its range."""
    try:
        return engine.Settings(options.iterations, options.seed, options.method, options.threads, options.contributions)
    except ValueError as reason:
        raise UsageError(str(reason), "RE922") from None


def looks(iterations: int, until: int) -> int:
    """Return how often a run is looked at on its way from ``iterations`` to ``until`` by doubling."""
    count = 1
    while iterations < until:
        iterations = min(2 * iterations, until)
        count += 1
    return count
