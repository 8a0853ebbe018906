"""What a run says in plain words: one sentence for each gate, with its doubt."""

from riskengine.report.reading import PROJECT, Row, decision, rows
from riskengine.report.summary.unreached import project_delays, unreached
from riskengine.report.text.notation import End, clean, confidence_in_hundred, in_hundred
from riskengine.report.text.speech import ENGLISH, Speech
from riskengine.results.run import RunRecord

ANSWERS = {"pass": "GO", "fail": "NO-GO", "undecided": "UNDECIDED"}
ENDS: tuple[End, End] = ("low", "high")
DECISIONS = {"go": "GO", "no-go": "NO-GO", "undecided": "UNDECIDED"}
DECIDED_BY = {"pass": "go", "fail": "no-go", "undecided": "undecided"}


def sentences(run: RunRecord, speech: Speech = ENGLISH) -> list[str]:
    """One paragraph for each gate, the decision over all of them where there are several, and what gates leave out.

    Parameters
    ----------
    run : RunRecord
    speech : Speech
        The language.

    Returns
    -------
    list of str
        Empty for a scenario without gates. Names from the scenario are cleaned.
    """
    gates = rows(run, "gates")
    sentences = [f"{verdict(gate, run.manifest['currency'], speech)} {doubt(gate, speech)}" for gate in gates]
    overall = decision(run)
    if len(gates) > 1 and overall is not None:
        sentences.insert(0, speech.say("overall", answer=speech.say(overall), reasons=_because(gates, speech)))
    return sentences + _left_out(run, gates, speech)


def _left_out(run: RunRecord, gates: list[Row], speech: Speech) -> list[str]:
    on_tasks = [(gate["gate"], gate["target"]) for gate in gates if gate["finish"] and gate["target"] != PROJECT]
    # A scenario may be large: it is read only where a gate can leave something out.
    if not on_tasks:
        return []
    chance = {row["risk"]: row["probability"] for row in rows(run, "risks", ("risk", "probability"))}
    delaying = [name for name in project_delays(run.scenario_json) if chance.get(name, 1.0) > 0]
    sentence = unreached(on_tasks, delaying, speech)
    return [f"{sentence[0].upper()}{sentence[1:]}."] if sentence else []


def verdict(gate: Row, currency: str, speech: Speech = ENGLISH) -> str:
    """The answer of one gate as a person would say it.

    Notes
    -----
    "In 100 futures of this project, 62 finish by 29 Feb 2028; you asked for 80. NO-GO." Only what was seen in every
    simulated future is called all, and what was seen in none is called none.
    """
    answer, wish = speech.say(DECIDED_BY[gate["answer"]]), speech.confidence(gate["confidence"])
    if gate["count"] in (0, gate["iterations"]):
        key = "all" if gate["count"] else "none"
        outcome = _outcome(gate, currency, speech, is_plural=key == "all" and gate["iterations"] > 1)
        futures = speech.say("futures", gate["iterations"])
        return speech.say(key, gate["iterations"], futures=futures, outcome=outcome, asked=wish, answer=answer)
    share = in_hundred(gate["probability"], gate["confidence"])
    outcome = _outcome(gate, currency, speech, is_plural=share != "1")
    return speech.say("share", share=speech.written(share), outcome=outcome, asked=wish, answer=answer)


def doubt(gate: Row, speech: Speech = ENGLISH) -> str:
    """How well the number of a gate is known, as a person would say it."""
    low, high = (speech.chance(gate[f"ci_{end}"], gate["confidence"], end) for end in ENDS)
    level = speech.written(f"{gate['level'] * 100:.3g}%")
    if gate["answer"] == "undecided":
        wish = speech.written(f"{confidence_in_hundred(gate['confidence'])}%")
        return speech.say("open", gate["iterations"], low=low, high=high, level=level, asked=wish)
    return speech.say("doubt", gate["iterations"], low=low, high=high, level=level)


def _outcome(gate: Row, currency: str, speech: Speech, is_plural: bool) -> str:
    parts, count = [], 2 if is_plural else 1
    if gate["finish"] is not None:
        date, key = speech.moment(gate["finish"]), "finish" if gate["target"] == PROJECT else "reach"
        parts.append(speech.say(key, count, target=clean(gate["target"]), date=date))
    if gate["cost"] is not None:
        parts.append(speech.say("cost", count, amount=speech.limit(gate["cost"], currency)))
    return speech.say("both", one=parts[0], other=parts[1]) if len(parts) == 2 else parts[0]


def _because(gates: list[Row], speech: Speech) -> str:
    parts = []
    for answer, key in (("fail", "fails"), ("undecided", "is_undecided")):
        names = [clean(gate["gate"]) for gate in gates if gate["answer"] == answer]
        if names:
            parts.append(speech.say(key, len(names), names=", ".join(names)))
    passing = sum(gate["answer"] == "pass" for gate in gates)
    parts.append(speech.say("passes", passing, gates=speech.say("gates", len(gates))))
    return "; ".join(parts)
