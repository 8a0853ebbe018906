"""Risks that occurred too seldom in a run for its percentiles to say much of them."""

import math

from riskengine.report.reading import rows
from riskengine.report.text.notation import clean
from riskengine.report.text.speech import ENGLISH, Speech
from riskengine.results.run import RunRecord

SEEN_WELL = 10
"""Occurrences to be expected, and iterations beyond a percentile, from which a run shows them."""
MOST_NAMED = 3
LEAST_NAMED = 50
"""Percentile below which all say little."""


def rare_risk_sentences(run: RunRecord, speech: Speech = ENGLISH) -> list[str]:
    """Say which risks were too rare for the iterations of a run, the likeliest first; empty where there are none.

    Risks that are too nearly sure for it come after them: what happens without them is as rare.
    """
    columns = ("risk", "probability", "occurrence", "iterations")
    risks = [row for row in rows(run, "risks", columns) if row["occurrence"] is not None]
    rare = [row for row in risks if 0 < row["probability"] * row["iterations"] < SEEN_WELL]
    rare.sort(key=lambda row: (-row["probability"], row["risk"]))
    sentences = [_sentence(speech, **row) for row in rare[:MOST_NAMED]]
    sure = [
        row for row in risks if 0 < (1 - row["probability"]) * row["iterations"] < SEEN_WELL < row["iterations"] / 2
    ]
    if len(rare) > MOST_NAMED:
        sentences.append(speech.say("more_rare_risks", len(rare) - MOST_NAMED))
    sure.sort(key=lambda row: (row["probability"], row["risk"]))
    sentences += [_without(speech, **row) for row in sure[:MOST_NAMED]]
    if len(sure) > MOST_NAMED:
        sentences.append(speech.say("more_sure_risks", len(sure) - MOST_NAMED))
    return sentences


def _sentence(speech: Speech, risk: str, probability: float, occurrence: float, iterations: int) -> str:
    count = round(occurrence * iterations)
    often = speech.say({0: "never", 2: "twice"}.get(count, "often"), count)
    highest = math.floor(1000 * (1 - SEEN_WELL / iterations)) / 10
    highest = highest if highest > 99 else math.floor(highest)
    key = "high_percentiles" if highest >= LEAST_NAMED else "all_percentiles"
    return speech.say(
        "rare_risk",
        risk=clean(risk),
        chance=speech.chance(probability),
        often=often,
        iterations=speech.say("iterations", iterations),
        silent=speech.say(key, percent=speech.written(f"{highest:g}")),
    )


def _without(speech: Speech, risk: str, probability: float, occurrence: float, iterations: int) -> str:
    missed, whole = round((1 - occurrence) * iterations), speech.written(f"{iterations:,}")
    often = speech.say("all_but" if missed else "all_of_them", missed, iterations=whole)
    return speech.say("sure_risk", risk=clean(risk), chance=speech.chance(probability), often=often)
