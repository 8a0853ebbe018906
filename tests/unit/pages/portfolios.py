"""Portfolios that pages are made of: one with everything in it, one of 500, one whose every name is somebody's text."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from riskengine.analysis import portfolio_row, refused_row
from tests.support.report_runs import gate, run, sample, without_cost

Row = dict[str, Any]


@cache
def _example_rows() -> tuple[Row, ...]:
    gates = (gate("budget", share=None, cost_share=0.9), gate("delivery", share=0.62))
    late = portfolio_row("late", "p/late.toml", run(sample(gates, name="Ground station")))
    before = {
        "previous_run": "0123456789abcdef",
        "previous_status_date": date(2027, 2, 1),
        "previous_decision": "go",
        "previous_chance": 0.9,
        "previous_finish_p50": late["finish_p50"] - timedelta(days=3),
        "previous_finish_p80": late["finish_p80"] - timedelta(days=12),
        "previous_cost_p80": late["cost_p80"] - 100.0,
    }
    return (
        late | before,
        portfolio_row("good", "p/good.toml", run(sample([gate(share=0.95)], name="Harbour"))),
        portfolio_row("free", "p/free.toml", run(without_cost(sample([gate(share=0.8)], name="Annex")))),
        portfolio_row("open", "p/open.toml", run(sample(name="Open"))),
        refused_row("bad", "p/bad.toml", "refused", "p/bad.toml:1: RE112 name: must be given"),
        refused_row("disk", "p/disk.toml", "failed", "RE706 no space left"),
    )


def example_portfolio() -> list[Row]:
    """NO-GO with a run before it, GO, UNDECIDED without cost, no gates, refused, failed."""
    return [complete(row) for row in _example_rows()]


def complete(row: Row) -> Row:
    """A row as it is read from the table: with every column."""
    from riskengine.results.tables.batch_rows import plain_columns

    return dict.fromkeys(plain_columns({}, "portfolio")) | row


def large_portfolio(count: int = 500) -> list[Row]:
    """So many scenarios, those of the example under other keys, with other dates and costs."""
    rows = []
    for number in range(count):
        row = example_portfolio()[number % 4]
        later = timedelta(days=number % 97)
        changed = {"scenario_key": f"plan-{number:03}", "name": f"Project {number}"}
        changed |= {name: row[name] + later for name in ("finish_p50", "finish_p80")}
        if row["slack_p80"] is not None:
            changed["slack_p80"] = row["slack_p80"] - number % 97
        rows.append(row | changed)
    return rows


def portfolio_of_names(next_text: Callable[[], str]) -> list[Row]:
    """Two scenarios whose every name and id is the next text, and one that was refused with it."""
    rows = []
    for _ in range(2):
        gates = tuple(
            replace(gate(f"{next_text()}{number}", share, 0.8, cost_share), name=next_text())
            for number, (share, cost_share) in enumerate(((0.3, None), (0.6, 0.5)))
        )
        made = sample(gates, iterations=300, name=next_text(), currency=next_text())
        risks = replace(made.risks, id=(next_text(), f"{next_text()}2"), name=(next_text(), next_text()))
        row = portfolio_row(next_text(), next_text(), run(replace(made, risks=risks, project=next_text())))
        rows.append(row)
    rows.append(refused_row(next_text(), next_text(), "refused", next_text()))
    return [complete(row) for row in rows]
