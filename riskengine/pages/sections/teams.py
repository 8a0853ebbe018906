"""For every team: which of its tasks drive the finish, which must not slip, and when it hands over."""

from collections.abc import Sequence

from riskengine.pages.blocks import Block, Cell, Column, Prose, Row, Table
from riskengine.pages.section import PageInput, Section
from riskengine.pages.sections import team_months
from riskengine.report import reading
from riskengine.report.text.notation import UNKNOWN

MOST_TASKS = 3
MOST_TEAMS = 60
MOST_HANDOVERS = 100
FEWER_HANDOVERS = 20
"""So many where the table of tasks takes most of the page."""
LEAST_CRITICALITY = 0.05
FINISH_TYPES = ("FS", "FF")
"""Relationships that wait for a finish."""
COLUMNS = (
    *("task", "team", "is_milestone", "progress"),
    *(f"{name}{end}" for name in ("criticality", "float_mean") for end in ("", "_ci_low", "_ci_high")),
    *(f"finish_{name}{end}" for name in ("p50", "p80") for end in ("", "_ci_low", "_ci_high")),
)


def blocks(page: PageInput) -> Sequence[Block]:
    """A table of the teams and one of what passes between them; nothing where no task has a team."""
    by_team: dict[str, list[reading.Row]] = {}
    for task in reading.rows(page.run, "tasks", COLUMNS):
        if task["team"]:
            by_team.setdefault(task["team"], []).append(task)
    if not by_team:
        return team_months.blocks(page)
    order = sorted(by_team, key=lambda team: -max(task["criticality"] for task in by_team[team]))
    left_out = len(order) - MOST_TEAMS
    remark = [Prose([page.say("teams.more", count=page.language.count(left_out))])] if left_out > 0 else []
    return [
        _teams(page, {team: by_team[team] for team in order[:MOST_TEAMS]}),
        *remark,
        *team_months.blocks(page),
        *_handovers(page, by_team),
    ]


def _teams(page: PageInput, by_team: dict[str, list[reading.Row]]) -> Table:
    say = page.say
    columns = [Column(say("teams.team")), Column(say("teams.tasks"), is_number=True)]
    columns += [
        Column(say("teams.driving"), say("teams.driving_meaning", least=page.language.confidence(LEAST_CRITICALITY)))
    ]
    columns += [Column(say("teams.float"), say("teams.float_meaning"))]
    rows = []
    for team, tasks in by_team.items():
        work = [task for task in tasks if not task["is_milestone"] and task["progress"] != "finished"]
        driving = sorted(work, key=lambda task: (-task["criticality"], task["task"]))[:MOST_TASKS]
        floating = [task for task in work if task["float_mean"] is not None]
        floating = sorted(floating, key=lambda task: (task["float_mean"], task["task"]))[:MOST_TASKS]
        count = page.language.count(len(tasks))
        cells = [Cell(team), Cell(count, len(tasks))]
        cells += [_listed([_driving(page, task) for task in driving if task["criticality"] >= LEAST_CRITICALITY])]
        rows.append(Row([*cells, _listed([_float(page, task) for task in floating])]))
    return Table(say("teams.caption"), columns, rows, "tasks.arrow", is_stacked=True)


def _listed(cells: Sequence[Cell]) -> Cell:
    """Several values below one another."""
    if not cells:
        return Cell(UNKNOWN)
    return Cell("", parts=cells)


def _driving(page: PageInput, task: reading.Row) -> Cell:
    ends = (task["criticality_ci_low"], task["criticality_ci_high"])
    chance, interval = page.language.chance_estimate(task["criticality"], *ends)
    return _named(page, task, page.say("teams.estimate", value=chance, interval=interval))


def _float(page: PageInput, task: reading.Row) -> Cell:
    ends = (task["float_mean_ci_low"], task["float_mean_ci_high"])
    days, interval = page.language.days_estimate(task["float_mean"], *ends)
    key = "teams.estimate" if interval else "teams.exact"
    return _named(page, task, page.say(key, value=days, interval=interval))


def _named(page: PageInput, task: reading.Row, date_text: str) -> Cell:
    """A task with its number, and its name where that says more than its id."""
    name = page.task_names.get(task["task"])
    return Cell(task["task"], detail=page.say("teams.named", name=name, said=date_text) if name else date_text)


def _handovers(page: PageInput, by_team: dict[str, list[reading.Row]]) -> list[Block]:
    """What a team finishes and another one waits for, by date; of many, those that are critical most often."""
    tasks = {task["task"]: task for rows in by_team.values() for task in rows}
    receivers: dict[str, set[str]] = {}
    for relation in reading.rows(page.run, "relationships", ("predecessor", "successor", "type")):
        giver, taker = tasks.get(relation["predecessor"]), tasks.get(relation["successor"])
        if giver and taker and giver["team"] != taker["team"] and relation["type"] in FINISH_TYPES:
            receivers.setdefault(giver["task"], set()).add(taker["team"])
    if not receivers:
        return []
    ranked = sorted(receivers, key=lambda task: (-tasks[task]["criticality"], task))
    most = FEWER_HANDOVERS if page.has_many_tasks else MOST_HANDOVERS
    chosen = sorted(ranked[:most], key=lambda task: (tasks[task]["finish_p80"], task))
    say, language = page.say, page.language
    columns = [Column(say("tasks.task")), Column(say("teams.from")), Column(say("teams.to"))]
    columns += [Column(say("tasks.finish", percentile=p), say("tasks.finish_meaning"), True) for p in (50, 80)]
    columns += [Column(say("tasks.criticality"), say("tasks.criticality_meaning"), True)]
    rows = []
    for name in chosen:
        task = tasks[name]
        cells = [Cell(name, detail=page.task_names.get(name, "")), Cell(task["team"])]
        cells += [Cell(", ".join(sorted(receivers[name])))]
        for which in ("finish_p50", "finish_p80"):
            ends = language.span(task[f"{which}_ci_low"], task[f"{which}_ci_high"])
            cells.append(Cell(language.day(task[which]), task[which].isoformat(), ends))
        ends_of_chance = (task["criticality_ci_low"], task["criticality_ci_high"])
        chance, interval = language.chance_estimate(task["criticality"], *ends_of_chance)
        rows.append(Row([*cells, Cell(chance, task["criticality"], interval)]))
    source = "tasks.arrow, relationships.arrow"
    caption = say("teams.handovers")
    table = Table(caption, columns, rows, source, is_sortable=True, has_filter=True, is_stacked=True)
    more = len(receivers) - len(chosen)
    return [table, *([Prose([say("teams.more_handovers", count=language.count(more))])] if more else [])]


SECTION = Section("teams", blocks)
