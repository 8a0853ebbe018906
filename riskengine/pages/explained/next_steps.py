"""What to do next: rules over the tables, each a sentence with the command that goes on from there."""

from collections.abc import Sequence
from dataclasses import dataclass

from riskengine.pages.explained.answer import gate_rows
from riskengine.pages.explained.outcome import most_futures
from riskengine.pages.explained.sentence import Sentence
from riskengine.pages.explained.source import Source
from riskengine.pages.explained.writer import Writer
from riskengine.report import reading

MOST_PROMISES = 3
MOST_RUNS = 100_000
"""Iterations at the most that an open gate is worth to begin with."""


@dataclass(frozen=True)
class Step:
    """What to do, and the command that does it; empty where people do it."""

    sentence: Sentence
    command: str = ""


def board_steps(writer: Writer, source: Source) -> Sequence[Step]:
    """What those do next who decide."""
    answer = reading.decision(writer.page.run)
    steps = {"no-go": _after_no, "undecided": _while_open, "go": _after_yes, None: _without_gates}[answer](
        writer, source
    )
    return [*steps, *_gaps(writer, source)]


def customer_steps(writer: Writer, source: Source) -> Sequence[Step]:
    """What a customer can plan with: the dates that hold with the confidence that was asked for."""
    gates = gate_rows(writer, has_money=False)
    promises = _promises(writer, [gate for gate in gates if gate["answer"] == "fail"])
    if promises:
        return [*promises, Step(writer.sentence("ask_again"))]
    if any(gate["answer"] == "undecided" for gate in gates):
        return [Step(writer.sentence("wait_for_answer"))]
    return [Step(writer.sentence("plan_with_date" if gates else "agree_date")), Step(writer.sentence("ask_again"))]


def team_steps(writer: Writer, source: Source) -> Sequence[Step]:
    """What a team does next."""
    return [
        Step(writer.sentence("say_delays_early")),
        Step(writer.sentence("months_of_team"), f"riskengine teams {source.word}"),
    ]


def analyst_steps(writer: Writer, source: Source) -> Sequence[Step]:
    """What those do next who answer for the analysis: what the others do, and what looks deeper."""
    return [
        *board_steps(writer, source),
        Step(writer.sentence("see_drivers"), f"riskengine drivers {source.word}"),
        Step(writer.sentence("see_quality"), f"riskengine check {source.plan}"),
    ]


def _after_no(writer: Writer, source: Source) -> Sequence[Step]:
    failing = [gate for gate in gate_rows(writer) if gate["answer"] == "fail"]
    steps = [Step(writer.sentence("do_not_promise")), *_promises(writer, failing)]
    open_actions = writer.rows("actions", in_force=False)
    if open_actions.value:
        sentence = writer.sentence("choose_actions", open_actions.value, number=open_actions)
        return [*steps, Step(sentence, f"riskengine mitigate {source.plan}")]
    leading = _worst_risk(writer)
    if leading is not None:
        steps.append(Step(writer.sentence("act_on_risk", risk=writer.title(leading["risk"], leading["name"]))))
        return steps
    for task in reading.leading_tasks(writer.page.run, 1):
        key = "act_on_task" if task["ssi"] else "act_on_driving_task"
        steps.append(Step(writer.sentence(key, task=writer.title(task["task"], task["name"]))))
    return steps


def _while_open(writer: Writer, source: Source) -> Sequence[Step]:
    most = max(MOST_RUNS, 10 * int(writer.page.run.manifest["iterations"]))
    return [Step(writer.sentence("run_more"), f"riskengine decide {source.plan} --until {most}")]


def _after_yes(writer: Writer, source: Source) -> Sequence[Step]:
    steps = [Step(writer.sentence("go_ahead"))]
    leading = _worst_risk(writer)
    if leading is not None:
        steps.append(Step(writer.sentence("watch_risk", risk=writer.title(leading["risk"], leading["name"]))))
    return steps


def _without_gates(writer: Writer, source: Source) -> Sequence[Step]:
    row = most_futures(writer)
    often, date = writer.percentile("percentiles", row), writer.date("percentiles", row, "instant")
    return [Step(writer.sentence("write_gate", often=often, date=date))]


def _promises(writer: Writer, failing: Sequence[reading.Row]) -> Sequence[Step]:
    """For each failing gate with a date the one that holds with its confidence, where it is among the percentiles."""
    steps = []
    for gate in failing:
        if gate["finish"] is None:
            continue
        rows = reading.percentiles(writer.page.run, gate["target"], "finish")
        row = next((row for row in rows if row["percentile"] >= 100 * gate["confidence"] - 1e-9), None)
        if row is None or row["instant"] <= gate["finish"]:
            continue
        sentence = writer.sentence(
            "promise" if gate["cost"] is None else "promise_date_alone",
            gate=writer.name(gate["gate"]),
            date=writer.date("percentiles", row, "instant"),
            often=writer.percentile("percentiles", row),
        )
        steps.append(Step(sentence))
    return steps[:MOST_PROMISES]


def _gaps(writer: Writer, source: Source) -> Sequence[Step]:
    """What is missing before the answer can be better."""
    run, steps = writer.page.run, []
    if not reading.has_contributions(run):
        steps.append(Step(writer.sentence("measure_risks"), f"riskengine simulate {source.plan}"))
    states = run.tables["estimates"].select(["state", "shape"]).to_pylist()
    shapes = [row["shape"] for row in states if row["state"] == "simulated"]
    is_over = all(progress == "finished" for progress in run.tables["tasks"]["progress"].to_pylist())
    if not run.tables["risks"].num_rows and not is_over:
        steps.append(Step(writer.sentence("write_risks")))
    if not is_over and not any(shape != "constant" for shape in shapes):
        steps.append(Step(writer.sentence("write_ranges")))
    return steps


def _worst_risk(writer: Writer) -> reading.Row | None:
    """The risk that adds most, where its effect can be told from nothing."""
    for row in reading.leading_risks(writer.page.run, 1):
        for measure in ("days", "cost"):
            low = row[f"{measure}_ci_low"]
            if row[measure] and row[measure] > 0 and low is not None and low > 0:
                return row
    return None
