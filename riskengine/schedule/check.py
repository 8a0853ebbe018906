"""Everything that `check` computes of a schedule: its dates, the handshake, its health."""

from riskengine.engine.blocks.core import prepare
from riskengine.errors.counting import counted
from riskengine.model import Scenario
from riskengine.plan import Plan, compile
from riskengine.schedule.dates.compute import dates
from riskengine.schedule.handshake.compare import Handshake, compare, has_stored_dates, obstacle
from riskengine.schedule.health.examine import examine
from riskengine.schedule.health.finding import Finding
from riskengine.schedule.health.logic import Logic
from riskengine.schedule.health.readiness import readiness
from riskengine.schedule.health.shock import Progress
from riskengine.schedule.health.shock_runs import finish_runs
from riskengine.schedule.report import ScheduleReport


def check(
    scenario: Scenario,
    needs_health: bool = True,
    progress: Progress | None = None,
    *,
    examined: Scenario | None = None,
    plan: Plan | None = None,
) -> ScheduleReport:
    """Compute the dates of a scenario, compare them with the stored ones, and examine the schedule.

    Dates are those of logic, calendars and constraints: levelling is left out.

    Parameters
    ----------
    scenario : Scenario
    needs_health : bool
        Whether to assess the points that need dates and to lengthen every task.
    progress : callable, optional
        Told that the core is being compiled, and how many tasks have been lengthened.
    examined : Scenario, optional
        The scenario without its hard constraints, where its health is to be assessed without them. The stored dates
        were computed with them, and are compared with those of `scenario` all the same.
    plan : Plan, optional
        What `scenario` is compiled to, where it is at hand.

    Raises
    ------
    ScenarioError
        If the scenario cannot be compiled.
    """
    unlevelled = scenario.model_copy(update={"levelling": None})
    if plan is None:
        plan = compile(unlevelled)
    elif plan.levelling is not None:
        plan = plan.levelling.unlevelled
    prepare(plan, progress)
    our_dates = dates(plan)
    not_compared = obstacle(scenario)
    is_compared = has_stored_dates(scenario) and not_compared is None
    handshake = compare(scenario, plan.task, our_dates) if is_compared else None
    if examined is not None and examined is not scenario:
        unlevelled = examined.model_copy(update={"levelling": None})
        plan = compile(unlevelled)
        our_dates = dates(plan)
    else:
        examined = scenario
    health = examine(examined, plan.task, our_dates, finish_runs(unlevelled, plan), progress) if needs_health else None
    findings = health.findings if health is not None else readiness(Logic(examined))
    return ScheduleReport((*_disagreement(handshake), *findings), handshake, health, not_compared)


def _disagreement(handshake: Handshake | None) -> tuple[Finding, ...]:
    """Return the finding that dates differ, with the roots behind it."""
    if handshake is None or not handshake.differences:
        return ()
    overall = handshake.rate("overall")
    roots = tuple(difference.task for difference in handshake.differences if difference.is_root)
    wrong = overall.compared - overall.matched
    return (
        Finding(
            "RE550",
            "warning",
            f"{wrong:,} of {counted(overall.compared, 'stored date')} {'is' if wrong == 1 else 'are'} not ours",
            roots,
        ),
    )
