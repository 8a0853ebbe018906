"""What a run says to each team: which of its tasks decide the finish, and by when they are done in most futures."""

from collections.abc import Sequence

from riskengine.pages.explained.chapters import Chapter
from riskengine.pages.explained.outcome import most_futures
from riskengine.pages.explained.sentence import Sentence
from riskengine.pages.explained.writer import Writer
from riskengine.report import reading

MOST_TEAMS = 40
MOST_TASKS = 3
LEAST_CRITICALITY = 0.05
"""What is less often on the driving path is not said to be on it."""
COLUMNS = ("task", "name", "team", "is_milestone", "type", "progress", "criticality", "float_mean", "finish_p80")
ENDS = tuple(f"{name}_ci_{end}" for name in ("criticality", "float_mean", "finish_p80") for end in ("low", "high"))


def teams(writer: Writer) -> Sequence[Chapter]:
    """A chapter for each team, those first whose tasks are most often on the driving path; one where there are none."""
    work = [row for row in reading.rows(writer.page.run, "tasks", (*COLUMNS, *ENDS)) if not row["is_milestone"]]
    by_team: dict[str, list[reading.Row]] = {}
    for task in work:
        by_team.setdefault(task["team"], []).append(task)
    if set(by_team) <= {""}:
        return [Chapter("tasks", writer.say("explain.tasks_title"), _tasks(writer, work))]
    order = sorted(filter(None, by_team), key=lambda team: (-max(t["criticality"] for t in by_team[team]), team))
    chapters = [_team(writer, number, team, by_team[team]) for number, team in enumerate(order[:MOST_TEAMS], 1)]
    if len(order) > MOST_TEAMS:
        title = writer.say("explain.more_teams_title")
        chapters.append(Chapter("more-teams", title, [writer.sentence("more_teams")]))
    return chapters


def _team(writer: Writer, number: int, team: str, tasks: Sequence[reading.Row]) -> Chapter:
    counted = writer.rows("tasks", team=team, is_milestone=False)
    count = writer.sentence("team_tasks", counted.value, team=writer.name(team), number=counted)
    return Chapter(f"team-{number}", writer.say("explain.team_title", team=team), [count, *_tasks(writer, tasks)])


def _tasks(writer: Writer, tasks: Sequence[reading.Row]) -> Sequence[Sentence]:
    """The tasks that decide the finish most often, and those that may slip least."""
    unfinished = [task for task in tasks if task["progress"] != "finished"]
    if not unfinished:
        return [writer.sentence("all_finished")]
    ranked = sorted(unfinished, key=lambda task: (-task["criticality"], task["task"]))
    driving = [task for task in ranked if task["criticality"] >= LEAST_CRITICALITY][:MOST_TASKS]
    sentences = [] if driving else [writer.sentence("no_driving_task")]
    for task in driving:
        title, often = writer.title(task["task"], task["name"]), writer.share("tasks", task, "criticality")
        sentences += [writer.sentence("task", task=title, often=often), _done_by(writer, task)]
    names = {task["task"] for task in driving}
    floating = [task for task in unfinished if task["float_mean"] is not None and task["task"] not in names]
    for task in sorted(floating, key=lambda task: (task["float_mean"], task["task"]))[:MOST_TASKS]:
        title = writer.title(task["task"], task["name"])
        if task["float_mean"] <= 0:
            sentences.append(writer.sentence("task_without_float", task=title))
        else:
            days = writer.days("tasks", task, "float_mean")
            sentences.append(writer.sentence("task_float", task=title, days=days))
    return sentences


def _done_by(writer: Writer, task: reading.Row) -> Sentence:
    date = writer.date("tasks", task, "finish_p80")
    return writer.sentence("task_done_by", often=writer.percentile("percentiles", most_futures(writer)), date=date)
