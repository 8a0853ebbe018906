"""What moves the finish and the cost: the risks that add most, and the tasks that decide the finish most often."""

from collections.abc import Sequence

from riskengine.pages.explained.outcome import most_futures
from riskengine.pages.explained.sentence import Sentence
from riskengine.pages.explained.writer import Writer
from riskengine.report import reading
from riskengine.report.text.notation import is_nothing

MOST = 3
MOST_WITH_INTERVALS = 5


def causes(writer: Writer) -> Sequence[Sentence]:
    """The risks, then the tasks."""
    return [*_risks(writer), *tasks(writer)]


def tasks(writer: Writer) -> Sequence[Sentence]:
    """The tasks that decide the finish most often."""
    leading = reading.leading_tasks(writer.page.run, most(writer))
    if not leading:
        return [writer.sentence("no_critical_task")]
    return [
        writer.sentence(
            "task", task=writer.title(row["task"], row["name"]), often=writer.share("tasks", row, "criticality")
        )
        for row in leading
    ]


def most(writer: Writer) -> int:
    """Return how many of the risks, and of the tasks, there is room for."""
    return MOST_WITH_INTERVALS if writer.has_intervals else MOST


def _risks(writer: Writer) -> Sequence[Sentence]:
    run = writer.page.run
    if not run.tables["risks"].num_rows:
        return [writer.sentence("no_risks")]
    if not reading.has_contributions(run):
        return [writer.sentence("risks_not_measured")]
    leading = reading.leading_risks(run, most(writer))
    if not leading:
        return [writer.sentence("risks_without_effect")]
    rows = {row["risk"]: row for row in reading.rows(run, "risks")}
    sentences: list[Sentence] = []
    for risk in leading:
        row = rows[risk["risk"]]
        key = "driver" if row["kind"] == "driver" else "risk"
        title, often = writer.title(row["risk"], row["name"]), writer.share("risks", row, "occurrence")
        sentences.append(writer.sentence(key, risk=title, often=often))
        sentences += _effects(writer, row, risk["statistic"])
    return sentences


def _effects(writer: Writer, row: reading.Row, statistic: str) -> Sequence[Sentence]:
    """What a risk adds to the finish, and to the cost; what cannot be told from nothing is no number."""
    sentences = []
    for measure in ("days", "cost"):
        column = f"{measure}_{statistic}"
        value, low, high = (row[f"{column}{end}"] for end in ("", "_ci_low", "_ci_high"))
        if value is None or is_nothing(value, low, high) or (measure == "cost" and not writer.page.has_cost):
            continue
        is_open = low is None or high is None or low <= 0 <= high
        if is_open and not (writer.has_intervals and value):
            sentences.append(writer.sentence(f"effect_open_{measure}"))
            continue
        number = writer.days("risks", row, column) if measure == "days" else writer.money("risks", row, column)
        key = f"effect_{'adds' if value > 0 else 'saves'}_{measure}"
        sentences.append(
            writer.sentence(
                f"{key}_{statistic}", effect=number, often=writer.percentile("percentiles", most_futures(writer))
            )
        )
    return sentences
