"""From a model to its scenario with gates, and to every estimate with its true value."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from tests.replication.law import NEGLIGIBLE, Law
from tests.replication.model import TICK, Estimate, Measure, Model, Question, load

PERCENTS = (5, 10, 20, 50, 80, 90, 95)
START = datetime(2027, 3, 1)
GATE_SHARE = 0.8
OFFSETS = (0.0, 0.004, -0.004, 0.03, -0.03)
"""What is asked of a gate more than its true probability."""
ATOM = "the percentile is a value that occurs with a probability of its own"
NEARLY_SURE = 0.9
CERTAIN = "it is always so"


@dataclass(frozen=True)
class Subject:
    """What the study runs: the text of the scenario with its gates, the estimates and the questions.

    ``changed`` is the text with the model's change, and the same gates; empty where there is none.
    """

    model: Model
    scenario: str
    changed: str
    estimates: tuple[Estimate, ...]
    questions: tuple[Question, ...]


@cache
def subject(name: str) -> Subject:
    """Return a model with everything that follows from its laws."""
    model = load(name)
    text, questions = [], list(model.questions)
    estimates: list[Estimate] = []
    for measure in model.measures:
        estimates += of_law(measure)
        if measure.has_gates:
            more_text, more, asked = gates(measure)
            text.append(more_text)
            estimates += more
            questions += asked
    estimates += model.estimates
    assert len({each.name for each in estimates}) == len(estimates)
    changed = "\n".join([model.changed, *text]) if model.changed else ""
    return Subject(
        model,
        "\n".join([model.scenario, *text]),
        changed,
        tuple(excused(model, each) for each in estimates),
        tuple(questions),
    )


def excused(model: Model, estimate: Estimate) -> Estimate:
    """Return an estimate with the reasons that the model gives for the beginning of its name."""
    for begin, reason in model.covers_more.items():
        if estimate.name.startswith(begin):
            estimate = replace(estimate, covers_more=reason)
    for begin, reason in model.is_wide.items():
        if estimate.name.startswith(begin):
            estimate = replace(estimate, is_wide=reason)
    for begin, share in model.counted.items():
        if estimate.name.startswith(begin):
            estimate = replace(estimate, share=share)
    for begin, event in model.of_one_event.items():
        if estimate.name.startswith(begin):
            estimate = replace(estimate, event=event)
    of_one = estimate.is_of_one_variable or estimate.name.startswith(model.of_one_variable)
    return replace(estimate, is_of_one_variable=of_one)


def subject_name(measure: Measure) -> str:
    """``finish``, ``finish of TARGET`` or ``cost``."""
    return measure.measure if measure.target == "project" else f"{measure.measure} of {measure.target}"


def of_law(measure: Measure) -> list[Estimate]:
    """Return the percentiles, mean, sd, chance and contingency of a finish or cost."""
    law, about = measure.law, subject_name(measure)
    row = (("target", measure.target), ("measure", measure.measure))
    error = TICK / 2 if measure.measure == "finish" else 0.0
    found = []
    for percent in PERCENTS:
        value = law.quantile(percent / 100)
        reason = at_atom(law, value)
        found.append(
            Estimate(
                f"{about} P{percent}",
                "percentile",
                "percentiles",
                (*row, ("percentile", float(percent))),
                ("value", "ci_low", "ci_high"),
                value,
                error,
                percent / 100,
                reason,
                reason,
                has_atoms=bool(law.atoms),
            )
        )

    def summary(name: str, group: str, column: str, exact: float, off: float, **more: object) -> None:
        columns = (column, f"{column}_ci_low", f"{column}_ci_high")
        found.append(Estimate(f"{about} {name}", group, "summary", row, columns, exact, off, **more))  # type: ignore[arg-type]

    summary("mean", "mean", "mean", law.mean, error / 10)
    summary("sd", "sd", "sd", law.sd, error / 10)
    if measure.plan is not None:
        chance = law.cdf(measure.plan)
        p80 = law.quantile(0.8)
        reason = at_atom(law, p80)
        certain = CERTAIN if min(chance, 1 - chance) < NEGLIGIBLE else ""
        summary("chance", "chance", "chance", chance, 1e-9, share=chance, covers_more=certain, is_wide=certain)
        exact = p80 - measure.plan
        summary(
            "contingency", "contingency", "contingency_p80", exact, error, share=0.8, covers_more=reason, is_wide=reason
        )
    return found


def at_atom(law: Law, value: float) -> str:
    """Why the interval of a percentile may cover more: the percentile is an atom, or next to one."""
    return ATOM if law.probability_of_value(value) > 0 else ""


def gates(measure: Measure) -> tuple[str, list[Estimate], list[Question]]:
    """Return gates at, just above and just below what is true of a threshold near P80, and of one near P40."""
    about = subject_name(measure).replace(" ", "-")
    text, found, questions = "", [], []
    for number, threshold in enumerate(thresholds(measure)):
        if measure.measure == "finish":
            instant = START + timedelta(days=threshold)
            bound = f'target = "{measure.target}"\nfinish = {instant.isoformat(timespec="seconds")}'
        else:
            bound = f"cost = {threshold!r}"
        offsets = OFFSETS if number == 0 else OFFSETS[:1]
        more = gates_of(about, bound, measure.law.cdf(threshold), offsets)
        text, found, questions = text + more[0], found + more[1], questions + more[2]
    return text, found, questions


def gates_of(
    about: str, bound: str, probability: float, offsets: tuple[float, ...] = OFFSETS
) -> tuple[str, list[Estimate], list[Question]]:
    """Return gates with one bound: their text, the estimate of the probability, and what a right answer is.

    Parameters
    ----------
    about : str
        How their ids begin.
    bound : str
        The lines of the gate but for the confidence.
    probability : float
        Of keeping within the bound.
    offsets : tuple of float
        What is asked more than that; the first is 0.
    """
    text, questions = "", []
    for offset in offsets:
        confidence = probability + offset
        if not 0 < confidence < 1:
            continue
        gate = f"{about}-{100 * probability:.1f}{100 * offset:+.1f}"
        text += f"[gates.{gate!r}]\n{bound}\nconfidence = {confidence!r}\n"
        questions.append(Question(gate, probability, confidence))
    key = (("gate", questions[0].gate),)
    name = f"gate {about} {100 * probability:.3g} %"
    columns = ("probability", "ci_low", "ci_high")
    return text, [Estimate(name, "gate", "gates", key, columns, probability, 1e-9, probability)], questions


def thresholds(measure: Measure) -> list[float]:
    """Return a value near P80, then one near P40, whose probability is neither 0 nor 1; whole seconds of a finish."""
    law, found = measure.law, []
    for share in (GATE_SHARE, 0.4):
        value = law.quantile(share)
        if measure.measure == "finish":
            value = round(value / TICK) * TICK
        if law.cdf(value) > 1 - 1e-6:
            lower = [x for x in law.atoms if x < value]
            if not lower:
                continue
            value = max(lower)
        if all(abs(law.cdf(value) - law.cdf(other)) > 1e-6 for other in found):
            found.append(value)
    return found


def contribution(
    risk: str, measure: str, with_risk: Law, without: Law, is_paired: bool = True, probability: float | None = None
) -> list[Estimate]:
    """Return what a risk contributes to ``days`` or ``cost``: the mean, and P50, P80, P90 where it is paired.

    ``probability`` is given where every occurrence adds one and the same sum. The mean is a count of iterations then;
    and if the risk is nearly sure, so is a percentile: of those without the sum that would lie above it with the sum.
    """
    error = TICK / 2 if measure == "days" else 1e-9 * max(1.0, abs(with_risk.mean))
    parts: list[tuple[str, float, float | None]] = [("mean", with_risk.mean - without.mean, None)]
    if is_paired:
        for percent in (50, 80, 90):
            p = percent / 100
            parts.append((f"p{percent}", with_risk.quantile(p) - without.quantile(p), p))
    found = []
    for statistic, exact, share in parts:
        column = f"{measure}_{statistic}"
        group = f"contribution {'mean' if share is None else 'percentile'}" if is_paired else "contribution conditional"
        reason = ""
        if share is not None:
            reason = at_atom(with_risk, with_risk.quantile(share)) and at_atom(without, without.quantile(share))
        found.append(
            Estimate(
                f"risk {risk} {measure} {statistic}",
                group,
                "risks",
                (("risk", risk),),
                (column, f"{column}_ci_low", f"{column}_ci_high"),
                exact,
                error,
                share if probability is None else counted(probability, share),
                reason,
                reason,
            )
        )
    return found


def counted(probability: float, share: float | None) -> float:
    """Return which share of iterations decides a contribution, at the mean or at a percentile; see ``contribution``."""
    if share is None:
        return probability
    return (1 - probability) * (1 - share) if probability > NEARLY_SURE else share


def occurrence(risk: str, probability: float) -> Estimate:
    """Return how often a risk occurs."""
    columns = ("occurrence", "occurrence_ci_low", "occurrence_ci_high")
    key = (("risk", risk),)
    name = f"risk {risk} occurrence"
    made = Estimate(name, "occurrence", "risks", key, columns, probability, 1e-9, probability)
    return replace(made, is_of_one_variable=True)


def clause(name: str, law: Law) -> list[Estimate]:
    """Return how likely anything is due of damages or of a bonus, and the mean and P80 of what is."""
    due, p80 = 1 - law.cdf(0), law.quantile(0.8)
    reason = at_atom(law, p80)
    found = []
    for statistic, exact, share, why in (
        ("chance", due, due, ""),
        ("mean", law.mean, None, ""),
        ("p80", p80, 0.8, reason),
    ):
        columns = (statistic, f"{statistic}_ci_low", f"{statistic}_ci_high")
        title = f"clause {name} {statistic}"
        key = (("clause", name),)
        found.append(Estimate(title, f"clause {statistic}", "clauses", key, columns, exact, 1e-9, share, why, why))
    return [replace(each, has_atoms=True) for each in found]


def lost_days(calendar: str, law: Law, work: int) -> list[Estimate]:
    """Return the days of a calendar until the finish, and the mean and percentiles of those that are lost."""
    key = (("calendar", calendar),)
    found = []
    parts = [("working_days", work + law.mean, None), ("mean", law.mean, None)]
    parts += [(f"p{percent}", law.quantile(percent / 100), percent / 100) for percent in (10, 50, 80, 90)]
    for statistic, exact, share in parts:
        group = "lost days mean" if share is None else "lost days percentile"
        why = "" if share is None else at_atom(law, exact)
        columns = (statistic, f"{statistic}_ci_low", f"{statistic}_ci_high")
        title = f"lost days {calendar} {statistic}"
        found.append(Estimate(title, group, "lost_days", key, columns, exact, 1e-9, share, why, why))
    return [replace(each, has_atoms=True) for each in found]


def criticality(task: str, exact: float, target: str = "project", error: float = 1e-6) -> Estimate:
    """Return how often a task is on a longest path to a target."""
    key = (("task", task), ("target", target))
    certain = CERTAIN if min(exact, 1 - exact) < NEGLIGIBLE else ""
    name = f"criticality {task}" + ("" if target == "project" else f" for {target}")
    columns = ("criticality", "ci_low", "ci_high")
    return Estimate(name, "criticality", "criticality", key, columns, exact, error, exact, certain, certain)


def total_float(task: str, law: Law) -> list[Estimate]:
    """Return mean, P10, P50 and P90 of the total float of a task."""
    key = (("task", task),)
    found = []
    for statistic in ("mean", "p10", "p50", "p90"):
        share = None if statistic == "mean" else int(statistic[1:]) / 100
        exact = law.mean if share is None else law.quantile(share)
        reason = "" if share is None else at_atom(law, exact)
        column = f"float_{statistic}"
        columns = (column, f"{column}_ci_low", f"{column}_ci_high")
        group = "float mean" if share is None else "float percentile"
        name = f"float {task} {statistic}"
        made = Estimate(name, group, "tasks", key, columns, exact, TICK, share, reason, reason)
        found.append(replace(made, has_atoms=bool(law.atoms)))
    return found


def task_finish(task: str, law: Law) -> list[Estimate]:
    """Return the percentiles of the finish of a task as dates; the calendar is ``24h``."""
    found = []
    for percent in (10, 50, 80, 90):
        p = percent / 100
        exact = law.quantile(p)
        column = f"finish_p{percent}"
        columns = (column, f"{column}_ci_low", f"{column}_ci_high")
        reason = at_atom(law, exact)
        name = f"task {task} finish P{percent}"
        key = (("task", task),)
        found.append(Estimate(name, "task percentile", "tasks", key, columns, exact, TICK, p, reason, reason))
    return found


def task_numbers(task: str, duration: Law, cost: Law) -> list[Estimate]:
    """Return mean and sd of the duration of a task, and mean and P80 of its cost."""
    key = (("task", task),)
    found = []
    for group, column, exact, share in (
        ("task mean", "duration_mean", duration.mean, None),
        ("task sd", "duration_sd", duration.sd, None),
        ("task mean", "cost_mean", cost.mean, None),
        ("task percentile", "cost_p80", cost.quantile(0.8), 0.8),
    ):
        columns = (column, f"{column}_ci_low", f"{column}_ci_high")
        name = f"task {task} {column.replace('_', ' ')}"
        reason = "" if share is None else at_atom(cost, exact)
        error = TICK / 10 if column.startswith("duration") else 0.0
        found.append(Estimate(name, group, "tasks", key, columns, exact, error, share, reason, reason))
    return found


def task_influence(task: str, column: str, exact: float) -> Estimate:
    """Return the ``cruciality`` or the ``ssi`` of a task."""
    columns = (column, f"{column}_ci_low", f"{column}_ci_high")
    return Estimate(f"task {task} {column}", column, "tasks", (("task", task),), columns, exact, 1e-6)


def month(
    table: str, key: tuple[tuple[str, object], ...], name: str, laws: dict[str, Law], error: float
) -> list[Estimate]:
    """Return mean, P10, P50 and P80 of what happens in a month, each column with its law.

    Parameters
    ----------
    key : tuple of (column, value)
        Which row.
    name : str
        How the names of the estimates begin.
    error : float
        What the clock's rounding makes of a value.
    """
    found = []
    for column, law in laws.items():
        for statistic in ("mean", "p10", "p50", "p80"):
            share = None if statistic == "mean" else int(statistic[1:]) / 100
            exact = law.mean if share is None else law.quantile(share)
            value = f"{column}_{statistic}"
            columns = (value, f"{value}_ci_low", f"{value}_ci_high")
            reason = "" if share is None else at_atom(law, exact)
            group = "month mean" if share is None else "month percentile"
            title = f"{name} {column} {statistic}"
            found.append(Estimate(title, group, table, key, columns, exact, error, share, reason, reason))
    return found


def levelling(levelled: Law, unlevelled: Law, target: str = "project", measure: str = "finish") -> list[Estimate]:
    """Return the effect of levelling on mean, P50, P80 and P90."""
    row = (("target", target), ("measure", measure))
    columns = ("difference", "difference_ci_low", "difference_ci_high")
    found = []
    for statistic in ("mean", "p50", "p80", "p90"):
        share = None if statistic == "mean" else int(statistic[1:]) / 100
        exact = (
            levelled.mean - unlevelled.mean if share is None else levelled.quantile(share) - unlevelled.quantile(share)
        )
        reason = ""
        if share is not None:
            reason = at_atom(levelled, levelled.quantile(share)) and at_atom(unlevelled, unlevelled.quantile(share))
        name = f"levelling {measure}{'' if target == 'project' else ' of ' + target} {statistic}"
        key = (*row, ("statistic", statistic))
        group = "levelling mean" if share is None else "levelling percentile"
        found.append(Estimate(name, group, "levelling", key, columns, exact, TICK, share, reason, reason))
    return found
