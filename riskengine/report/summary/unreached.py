"""Gates on a task, and the delays of the whole project that such a gate does not hear of."""

import json
from collections.abc import Sequence

from riskengine.report.text.speech import ENGLISH, Speech

MOST_NAMED = 3
PROJECT = "project"


def project_delays(scenario_json: str) -> list[str]:
    """Return the ids of the risks of a resolved scenario that can delay the whole project."""
    risks = json.loads(scenario_json).get("risks", {})
    return [
        name
        for name, risk in risks.items()
        if risk["active"] and risk["probability"] > 0 and "delay" in risk["impacts"].get(PROJECT, {})
    ]


def unreached(gates: Sequence[tuple[str, str]], risks: Sequence[str], speech: Speech = ENGLISH) -> str:
    """Say that gates leave delays out.

    Parameters
    ----------
    gates : sequence of (str, str)
        Ids of the gates that ask for the finish of a task, each with that task.
    risks : sequence of str
        Ids of the risks that delay the whole project.
    speech : Speech
        The language.

    Returns
    -------
    str
        A clause with neither a capital nor a full stop, empty where there is nothing to say. Ids are cleaned.

    Notes
    -----
    A delay of ``project`` moves the finish of the project and no task, so a GO about the last milestone leaves it out.
    """
    if not gates or not risks:
        return ""
    tasks = list(dict.fromkeys(task for _, task in gates))
    names = [gate for gate, _ in gates]
    return speech.say(
        "left_out",
        len(names),
        gates=speech.names(names, MOST_NAMED),
        tasks=speech.names(tasks, MOST_NAMED),
        risks=speech.names(risks, MOST_NAMED),
    )
