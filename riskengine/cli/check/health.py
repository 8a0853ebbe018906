"""The handshake and the health of a schedule, in words and as JSON."""

from typing import TYPE_CHECKING, Any

from riskengine.cli.machine import check_address_space
from riskengine.cli.output.progress import Progress

if TYPE_CHECKING:
    from riskengine.model import Scenario
    from riskengine.schedule.handshake.compare import Difference, Handshake
    from riskengine.schedule.health.examine import HealthAssessment
    from riskengine.schedule.health.finding import Finding, Measure
    from riskengine.schedule.health.shock import Shock
    from riskengine.schedule.report import ScheduleReport

MOST_DIFFERENCES = 10


def shortfall(report: "ScheduleReport", least: float) -> str:
    """Say how far the handshake is from what is required."""
    if report.not_compared is not None:
        return f"there is nothing to compare, {report.not_compared}, and {least:.10g} % were required to agree"
    share = None if report.handshake is None else report.handshake.rate("early_start").share
    if share is None:
        return f"no early start is stored to be compared, and {least:.10g} % were required to agree"
    from riskengine.report.text.notation import in_hundred

    return f"{in_hundred(share, least / 100, 2)} % of the early starts agree, below the {least:.10g} % required"


def report_lines(report: "ScheduleReport") -> list[str]:
    """Lines about all that a report holds."""
    lines = [finding.line() for finding in report.findings]
    if report.handshake is not None:
        lines += handshake_lines(report.handshake)
    elif report.not_compared is not None:
        lines.append(f"handshake: not compared, {report.not_compared}")
    if report.health is not None:
        lines += health_lines(report.health)
    if report.handshake is None and report.not_compared is None and report.health is None:
        lines.append("dates, float and the shock test were left out; --health looks at them")
    return lines


def report_document(report: "ScheduleReport") -> dict[str, Any]:
    """All that a report holds, in types that JSON has."""
    return {
        "findings": finding_documents(report.findings),
        "handshake": None if report.handshake is None else handshake_document(report.handshake),
        "not_compared": report.not_compared,
        "health": None if report.health is None else health_document(report.health),
    }


def examine_schedule(
    scenario: "Scenario", examined: "Scenario", wants_health: bool, skips_health: bool, needs_handshake: bool
) -> "ScheduleReport":
    """Look at a schedule, as closely as it was asked for.

    Parameters
    ----------
    scenario : Scenario
        As it stands in the file; its dates are compared with the stored ones.
    examined : Scenario
        The same, or without its hard constraints; its health is assessed.
    wants_health, skips_health, needs_handshake : bool
        What was asked for.

    Notes
    -----
    Dates take the engine, so they are computed where there are stored ones to compare or somebody asked.
    """
    from riskengine.schedule.health.logic import Logic
    from riskengine.schedule.health.readiness import readiness
    from riskengine.schedule.report import ScheduleReport

    has_stored = scenario.imported is not None or any(task.imported is not None for task in scenario.tasks.values())
    if not (wants_health or has_stored or needs_handshake):
        return ScheduleReport(readiness(Logic(examined)))
    check_address_space()
    from riskengine.schedule.check import check

    needs_health = not skips_health and (wants_health or has_stored)
    with Progress() as progress:
        return check(scenario, needs_health, progress, examined=examined)


def handshake_lines(handshake: "Handshake") -> list[str]:
    """Lines about the dates that agree, and the first ones that do not."""
    from riskengine.report.text.notation import in_hundred

    lines = [f"handshake with {handshake.tool or 'the source tool'}"]
    for rate in handshake.rates:
        name = rate.measure.replace("_", " ")
        share = "-" if rate.share is None else f"{in_hundred(rate.share, digits=1)} %"
        lines.append(f"  {name:<13} {share:>8}  {rate.matched:,} of {rate.compared:,}")
    if handshake.left_out:
        left_out = ", ".join(f"{count:,} {why}" for why, count in handshake.left_out.items())
        lines.append(f"  left out      {left_out}")
    differences = handshake.differences
    if differences:
        roots = sum(difference.is_root for difference in differences)
        lines.append(f"  differences   {len(differences):,}, {roots:,} of which are roots")
        lines += [f"    {_difference(difference)}" for difference in differences[:MOST_DIFFERENCES]]
        if len(differences) > MOST_DIFFERENCES:
            lines.append(f"    and {len(differences) - MOST_DIFFERENCES:,} more, which --json lists")
    return lines


def _difference(difference: "Difference") -> str:
    from riskengine.report.text.notation import days

    stored, computed = difference.stored.isoformat(" ", "minutes"), difference.computed.isoformat(" ", "minutes")
    what = difference.measure.replace("_", " ")
    return (
        f"{difference.task} {what} {days(difference.days, signed=True, digits=2)}: stored {stored}, "
        f"computed {computed}; {difference.reason}: {difference.words}"
    )


def health_lines(health: "HealthAssessment") -> list[str]:
    """Lines of the fourteen points and of the shock test."""
    from riskengine.errors.counting import share_of

    lines = ["schedule health, the 14 points of the DCMA assessment"]
    lines += [f"  {_measure(measure)}" for measure in health.measures]
    if health.shock is not None:
        shock = health.shock
        silent = len(shock.cut_off) + len(shock.without_effect)
        lines.append(
            f"  shock test: {share_of(shock.tested - silent, shock.tested, ('task', 'tasks'), ('moves', 'move'))} "
            f"{shock.words} when {'it grows' if shock.tested - silent == 1 else 'they grow'}"
        )
    return lines


def _measure(measure: "Measure") -> str:
    from riskengine.report.text.notation import in_hundred, number

    counts = "" if measure.denominator is None else f"{measure.numerator:,.10g} of {measure.denominator:,.10g}"
    value = "" if measure.value is None else f"{in_hundred(measure.value, measure.limit, 1)} %"
    if measure.number == 13:
        counts, value = "", "" if measure.value is None else number(measure.value, measure.limit or 0.0, 3)
    why = measure.remark if measure.result == "not assessable" else measure.threshold
    return f"{measure.number:>2} {measure.name:<27} {measure.result:<15} {value:>8} {counts:>15}  {why}".rstrip()


def handshake_document(handshake: "Handshake") -> dict[str, Any]:
    """Rates and every difference, in types that JSON has."""
    return {
        "tool": handshake.tool,
        "rates": [
            {"measure": rate.measure, "compared": rate.compared, "matched": rate.matched, "share": rate.share}
            for rate in handshake.rates
        ],
        "left_out": handshake.left_out,
        "differences": [
            {
                "task": difference.task,
                "name": difference.name,
                "measure": difference.measure,
                "stored": difference.stored.isoformat(),
                "computed": difference.computed.isoformat(),
                "hours": difference.hours,
                "days": difference.days,
                "is_root": difference.is_root,
                "reason": difference.reason,
                "words": difference.words,
            }
            for difference in handshake.differences
        ],
    }


def health_document(health: "HealthAssessment") -> dict[str, Any]:
    """The fourteen points and the shock test, with everything behind them."""
    return {
        "measures": [
            {
                "number": measure.number,
                "code": measure.code,
                "name": measure.name,
                "numerator": measure.numerator,
                "denominator": measure.denominator,
                "value": measure.value,
                "threshold": measure.threshold,
                "result": measure.result,
                "behind": list(measure.behind),
                "remark": measure.remark,
            }
            for measure in health.measures
        ],
        "shock": None if health.shock is None else _shock(health.shock),
    }


def _shock(shock: "Shock") -> dict[str, Any]:
    return {
        "ends": list(shock.ends),
        "tested": shock.tested,
        "cut_off": list(shock.cut_off),
        "held": list(shock.without_effect),
        "critical": shock.critical,
        "broken": list(shock.broken),
    }


def finding_documents(findings: "tuple[Finding, ...]") -> list[dict[str, Any]]:
    """Findings with their titles and everything behind them."""
    return [
        {
            "code": finding.code,
            "level": finding.level,
            "title": finding.title,
            "words": finding.words,
            "behind": list(finding.behind),
        }
        for finding in findings
    ]
