"""The scenarios of a portfolio in a table: decision, chances of the gates, dates, money, drivers, changes."""

import math
from typing import Final

from riskengine.pages.blocks import Bar, Cell, Column, Table
from riskengine.pages.blocks import Row as TableRow
from riskengine.pages.portfolio_input import PortfolioInput, Row
from riskengine.report.answers.portfolio import outcome
from riskengine.report.answers.portfolio_order import OUTCOMES, sorted_rows

PRINTED: Final = 200
"""Scenarios that are printed on paper."""
KINDS: Final = {"go": "pass", "no-go": "fail", "undecided": "undecided", "refused": "fail", "failed": "fail"}
NOTHING: Final = Cell("-", "")


def scenarios_table(page: PortfolioInput) -> Table:
    """Every scenario of the batch, the worst decision and the least slack first."""
    say = page.say
    columns = [
        Column(say("portfolio.scenario")),
        Column(say("portfolio.decision")),
        Column(say("portfolio.chance"), say("portfolio.chance_meaning")),
        Column(say("portfolio.p50"), say("portfolio.p50_meaning"), True),
        Column(say("portfolio.p80"), say("portfolio.p80_meaning"), True),
        Column(say("portfolio.slack"), say("portfolio.slack_meaning"), True),
        Column(say("portfolio.cost"), say("portfolio.cost_meaning"), True),
        Column(say("portfolio.driver"), say("portfolio.driver_meaning")),
        Column(say("portfolio.change"), say("portfolio.change_meaning")),
    ]
    ordered = sorted_rows(sorted_rows(page.rows, "slack"), "decision")
    present = [name for name in OUTCOMES if any(outcome(row) == name for row in ordered)]
    return Table(
        say("portfolio.caption"),
        columns,
        [TableRow(_cells(page, row)) for row in ordered],
        "portfolio.arrow, portfolio_gates.arrow",
        is_sortable=True,
        has_filter=True,
        is_stacked=True,
        is_dense=True,
        most_printed=PRINTED,
        choices=[decision_word(page, name) for name in present],
    )


def decision_word(page: PortfolioInput, name: str) -> str:
    """The word for what became of a scenario."""
    return page.say(f"portfolio.outcome.{name.replace(' ', '_')}")


def _cells(page: PortfolioInput, row: Row) -> list[Cell]:
    name = outcome(row)
    address = page.addresses.get(row["scenario_key"], "")
    detail = row["name"] if row["status"] == "done" else row["message"]
    first = Cell(row["scenario_key"], row["scenario_key"].casefold(), detail, address=address)
    decision = Cell(decision_word(page, name), OUTCOMES.index(name), kind=KINDS.get(name, ""))
    if row["status"] != "done":
        return [first, decision, *[NOTHING] * 7]
    return [
        first,
        decision,
        _chances(page, row),
        _date(page, row, "p50"),
        _date(page, row, "p80"),
        _slack(page, row),
        _cost(page, row),
        _driver(page, row),
        _change(page, row),
    ]


def _chances(page: PortfolioInput, row: Row) -> Cell:
    """The chance of every gate, the weakest first: that is what the cell is sorted by."""
    if not row["gates"]:
        return NOTHING
    gates = sorted(row["gates"], key=lambda gate: bool(gate["gate"] != row["gate"]))
    return Cell("", row["chance"], parts=[_chance(page, gate) for gate in gates])


def _chance(page: PortfolioInput, gate: Row) -> Cell:
    language, wish = page.language, gate["confidence"]
    chance, interval = language.chance_estimate(gate["probability"], gate["ci_low"], gate["ci_high"], wish)
    detail = page.say("portfolio.gate", interval=interval, needed=language.confidence(wish))
    bar = Bar(0.0, gate["probability"], gate["ci_low"], gate["ci_high"], mark=wish, kind=gate["answer"])
    return Cell(chance, detail=detail, bar=bar, title=gate["name"] or gate["gate"])


def _date(page: PortfolioInput, row: Row, percentile: str) -> Cell:
    value = row[f"finish_{percentile}"]
    span = page.language.span(row[f"finish_{percentile}_ci_low"], row[f"finish_{percentile}_ci_high"])
    return Cell(page.language.day(value), value.timestamp(), span)


def _slack(page: PortfolioInput, row: Row) -> Cell:
    """What lies between the P80 and the date of the gate where it is least."""
    if row["slack_p80"] is None:
        return NOTHING
    low, high = row["slack_p80_ci_low"], row["slack_p80_ci_high"]
    interval = page.language.ends(
        None if low is None else _whole(page, math.floor(low)), None if high is None else _whole(page, math.ceil(high))
    )
    promise = page.say("portfolio.promised", date=page.language.moment(row["commitment"]))
    detail = f"{interval}; {promise}" if interval else promise
    return Cell(_signed_days(page, row["slack_p80"]), row["slack_p80"], detail)


def _signed_days(page: PortfolioInput, value: float) -> str:
    """Days of 24 hours, whole ones, with their sign."""
    return page.say("portfolio.days", days=_whole(page, round(value)))


def _whole(page: PortfolioInput, days: int) -> str:
    return page.language.local(f"{days:+,d}")


def _cost(page: PortfolioInput, row: Row) -> Cell:
    if not row["has_cost"]:
        return NOTHING
    language, currency = page.language, row["currency"]
    value, interval = language.money_estimate(
        row["cost_p80"], row["cost_p80_ci_low"], row["cost_p80_ci_high"], currency
    )
    details = [interval] if interval else []
    if row["cost_commitment"] is not None:
        details.append(page.say("portfolio.at_most", amount=language.limit(row["cost_commitment"], currency)))
    return Cell(value, row["cost_p80"], "; ".join(details))


def _driver(page: PortfolioInput, row: Row) -> Cell:
    """What moves the finish most, and by how much where it is a risk that was measured at P80."""
    if row["driver"] is None:
        return NOTHING
    detail = page.say(f"portfolio.{row['driver_kind']}")
    if row["driver_days"] is not None:
        days, interval = driver_effect(page, row)
        detail = page.say("portfolio.adds", days=days, interval=interval)
    return Cell(row["driver_name"] or row["driver"], detail=detail)


def driver_effect(page: PortfolioInput, row: Row) -> tuple[str, str]:
    """What a risk adds to the P80 finish, and the interval of that."""
    values = (row["driver_days"], row["driver_days_ci_low"], row["driver_days_ci_high"])
    return page.language.days_estimate(*values, signed=True)


def _change(page: PortfolioInput, row: Row) -> Cell:
    """How far the P80 moved since the run before, and what the decision was then."""
    if row["previous_run"] is None:
        return NOTHING
    moved = (row["finish_p80"] - row["previous_finish_p80"]).total_seconds() / 86_400
    detail = page.say("portfolio.was", date=page.language.day(row["previous_finish_p80"]))
    before = row["previous_decision"]
    if before != row["decision"]:
        detail += "; " + page.say("portfolio.was_decision", decision=decision_word(page, before or "without gates"))
    return Cell(_signed_days(page, moved), moved, detail)
