"""Answers about teams and sources of risk as the tables of a results folder have them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

import pyarrow as pa

from riskengine.analysis.shares import Account, Shares
from riskengine.analysis.teams import TeamReport
from riskengine.results.tables.build import build_rows

Row = dict[str, Any]


def contribution_tables(account: Account) -> dict[str, pa.Table]:
    """Return the table of what a run is made of: each number from the plan to the run."""
    rows = [row for shares in account.shares for row in _steps(account, shares)]
    return {"contributions": build_rows("contributions", rows)}


def _steps(account: Account, shares: Shares) -> Iterable[Row]:
    """Return the rows of one number."""
    steps: list[Row] = [{"kind": "plan", "value": shares.plan}, {"kind": "rest", **vars(shares.rest)}]
    for player, part in zip(account.actors, shares.parts, strict=True):
        steps.append({"kind": player.kind, "player": player.id, "name": player.name, **vars(part)})
    steps += [{"kind": "together", **vars(shares.interaction)}, {"kind": "all", "value": shares.all}]
    same = {"measure": shares.measure, "statistic": shares.statistic, "rule": account.rule, "target": account.target}
    return [{"player": "", "name": "", **same, "number": number, **step} for number, step in enumerate(steps)]


def team_tables(reports: Sequence[TeamReport], iterations: int) -> dict[str, pa.Table]:
    """Return the tables of who must not slip.

    Parameters
    ----------
    reports : sequence of TeamReport
    iterations : int
        In which their work was looked at.
    """
    teams, months, hand_overs = [], [], []
    for report in reports:
        who = {"kind": report.kind, "key": report.key, "name": report.name}
        teams.append({**who, "tasks": len(report.tasks), **_ends("driving", report.driving), "iterations": iterations})
        for month in report.months:
            loads = {key: value for p in month.load for key, value in _ends(f"load_{p}", month.load[p]).items()}
            shares = _ends("work", month.work) | _ends("driving", month.driving)
            months.append({**who, "month": datetime.combine(month.month, time()), **shares, **loads})
        for one in report.hand_overs:
            dates = _ends("finish_p50", one.finish_p50) | _ends("finish_p80", one.finish_p80)
            hand_overs.append({**who, "task": one.task, "to": json.dumps(one.to, ensure_ascii=False), **dates})
    return {
        "teams": build_rows("teams", teams),
        "team_months": build_rows("team_months", months),
        "hand_overs": build_rows("hand_overs", hand_overs),
    }


def _ends(name: str, estimate: Mapping[str, Any]) -> Row:
    return {
        f"{name}{end}": estimate[key] for end, key in (("", "value"), ("_ci_low", "ci_low"), ("_ci_high", "ci_high"))
    }
