"""What a run says in plain words: one sentence for each gate, with its doubt."""

from riskengine.errors.counting import counted
from riskengine.report.notation import End, asked, chance, clean, in_hundred, limit, moment
from riskengine.report.reading import PROJECT, Row, decision, rows
from riskengine.report.unreached import project_delays, unreached
from riskengine.results.run import RunRecord

ANSWERS = {"pass": "GO", "fail": "NO-GO", "undecided": "UNDECIDED"}
ENDS: tuple[End, End] = ("low", "high")
DECISIONS = {"go": "GO", "no-go": "NO-GO", "undecided": "UNDECIDED"}


def sentences(run: RunRecord) -> list[str]:
    """One paragraph for each gate, the decision over all of them where there are several, and what gates leave out.

    Returns
    -------
    list of str
        Empty for a scenario without gates. Names from the scenario are cleaned.
    """
    gates = rows(run, "gates")
    sentences = [f"{verdict(gate, run.manifest['currency'])} {doubt(gate)}" for gate in gates]
    overall = decision(run)
    if len(gates) > 1 and overall is not None:
        sentences.insert(0, f"{DECISIONS[overall]}: {_because(gates)}.")
    return sentences + _left_out(run, gates)


def _left_out(run: RunRecord, gates: list[Row]) -> list[str]:
    on_tasks = [(gate["gate"], gate["target"]) for gate in gates if gate["finish"] and gate["target"] != PROJECT]
    # A scenario may be large: it is read only where a gate can leave something out.
    sentence = unreached(on_tasks, project_delays(run.scenario_json)) if on_tasks else ""
    return [f"{sentence[0].upper()}{sentence[1:]}."] if sentence else []


def verdict(gate: Row, currency: str) -> str:
    """The answer of one gate as a person would say it.

    Notes
    -----
    "In 100 futures of this project, 62 finish by 29 Feb 2028; you asked for 80. NO-GO." Only what was seen in every
    simulated future is called all, and what was seen in none is called none.
    """
    answer = ANSWERS[gate["answer"]]
    wish = f"you asked for {asked(gate['confidence'])}"
    simulated = f"{counted(gate['iterations'], 'simulated future')} of this project"
    if gate["count"] == 0:
        return f"Of {simulated}, none {_outcome(gate, currency, False)}; {wish} in 100. {answer}."
    if gate["count"] == gate["iterations"]:
        return f"Of {simulated}, all {_outcome(gate, currency, True)}; {wish} in 100. {answer}."
    share = in_hundred(gate["probability"], gate["confidence"])
    return f"In 100 futures of this project, {share} {_outcome(gate, currency, share != '1')}; {wish}. {answer}."


def doubt(gate: Row) -> str:
    """How well the number of a gate is known, as a person would say it."""
    low, high = (chance(gate[f"ci_{end}"], gate["confidence"], end) for end in ENDS)
    spread = f"{counted(gate['iterations'], 'iteration puts', 'iterations put')} that chance between {low} and {high}"
    level = f"({gate['level'] * 100:.3g}% interval)"
    if gate["answer"] == "undecided":
        wish = f"{asked(gate['confidence'])}%"
        return f"{spread} {level}, which leaves open whether it reaches {wish}; more iterations (--until) narrow it."
    return f"{spread} {level}."


def _outcome(gate: Row, currency: str, is_plural: bool) -> str:
    parts = []
    if gate["finish"] is not None:
        if gate["target"] == PROJECT:
            verb = "finish" if is_plural else "finishes"
        else:
            verb = f"{'reach' if is_plural else 'reaches'} {clean(gate['target'])}"
        parts.append(f"{verb} by {moment(gate['finish'])}")
    if gate["cost"] is not None:
        parts.append(f"{'cost' if is_plural else 'costs'} at most {limit(gate['cost'], currency)}")
    return " and ".join(parts)


def _because(gates: list[Row]) -> str:
    parts = []
    for answer, verbs in (("fail", ("fails", "fail")), ("undecided", ("is undecided", "are undecided"))):
        names = [clean(gate["gate"]) for gate in gates if gate["answer"] == answer]
        if names:
            parts.append(f"{', '.join(names)} {verbs[len(names) > 1]}")
    passing = sum(gate["answer"] == "pass" for gate in gates)
    parts.append(f"{passing} of {counted(len(gates), 'gate')} {'passes' if passing == 1 else 'pass'}")
    return "; ".join(parts)
