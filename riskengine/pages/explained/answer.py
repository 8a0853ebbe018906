"""What the gates say: whether what was asked for holds, and how often."""

from collections.abc import Sequence

from riskengine.pages.explained.sentence import Sentence
from riskengine.pages.explained.writer import Writer
from riskengine.report import reading
from riskengine.report.text.notation import is_usual_level

MOST_GATES = 6
WORST_FIRST = ("fail", "undecided", "pass")


def gate_rows(writer: Writer, *, has_money: bool = True) -> list[reading.Row]:
    """The gates, the worst first; without money those that ask for none."""
    gates = reading.rows(writer.page.run, "gates")
    asked_gates = gates if has_money else [gate for gate in gates if gate["cost"] is None]
    return sorted(asked_gates, key=lambda gate: WORST_FIRST.index(gate["answer"]))


def answer(writer: Writer, *, has_money: bool = True) -> Sequence[Sentence]:
    """The decision over all gates, then each of them; of many the worst."""
    gates = gate_rows(writer, has_money=has_money)
    if not gates:
        return [writer.sentence("no_gates" if has_money else "no_dates")]
    sentences = [_overall(writer, gates[0]["answer"])] if has_money and len(gates) > 1 else []
    for gate in gates[:MOST_GATES]:
        sentences += _gate(writer, gate)
    if len(gates) > MOST_GATES and has_money:
        sentences.append(writer.sentence("more_gates", all=writer.rows("gates")))
    return sentences


def _overall(writer: Writer, worst: str) -> Sentence:
    """How many gates fail, or else are open, of how many."""
    number = writer.rows("gates", answer=worst)
    return writer.sentence(f"overall_{worst}", number.value, number=number, all=writer.rows("gates"))


def outcome(writer: Writer, gate: reading.Row) -> Sentence:
    """What a gate asks for: the project finishes by a date, or costs at most an amount, or both."""
    wishes = []
    if gate["finish"] is not None:
        is_project = gate["target"] == reading.PROJECT
        date = writer.moment("gates", gate, "finish")
        if is_project:
            wishes.append(writer.sentence("by_finish", date=date))
        else:
            wishes.append(writer.sentence("by_target", date=date, target=writer.name(gate["target"])))
    if gate["cost"] is not None:
        key = "within_cost_too" if wishes else "within_cost"
        wishes.append(writer.sentence(key, amount=writer.limit("gates", gate, "cost")))
    return wishes[0] if len(wishes) == 1 else writer.sentence("both", one=wishes[0], other=wishes[1])


def _gate(writer: Writer, gate: reading.Row) -> Sequence[Sentence]:
    often = writer.share("gates", gate, "probability", gate["confidence"])
    sentences = [
        writer.sentence("gate", gate=writer.name(gate["gate"]), outcome=outcome(writer, gate), often=often),
        writer.sentence(f"gate_{gate['answer']}", asked=writer.wish("gates", gate, "confidence")),
    ]
    if writer.has_intervals and not is_usual_level(gate["level"]):
        sentences.append(writer.sentence("level", level=writer.level(gate)))
    return sentences
