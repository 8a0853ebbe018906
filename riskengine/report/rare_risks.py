"""Risks that occurred too seldom in a run for its percentiles to say much of them."""

import math

from riskengine.errors.counting import counted
from riskengine.report.notation import chance, clean
from riskengine.report.reading import rows
from riskengine.results.run import RunRecord

SEEN_WELL = 10
"""Occurrences to be expected, and iterations beyond a percentile, from which a run shows them."""
MOST_NAMED = 3
LEAST_NAMED = 50
"""Percentile below which all say little."""


def rare_risk_sentences(run: RunRecord) -> list[str]:
    """Say which risks were too rare for the iterations of a run, the likeliest first; empty where there are none.

    Risks that are too nearly sure for it come after them: what happens without them is as rare.
    """
    columns = ("risk", "probability", "occurrence", "iterations")
    risks = [row for row in rows(run, "risks", columns) if row["occurrence"] is not None]
    rare = [row for row in risks if 0 < row["probability"] * row["iterations"] < SEEN_WELL]
    rare.sort(key=lambda row: (-row["probability"], row["risk"]))
    sentences = [_sentence(**row) for row in rare[:MOST_NAMED]]
    sure = [
        row for row in risks if 0 < (1 - row["probability"]) * row["iterations"] < SEEN_WELL < row["iterations"] / 2
    ]
    if len(rare) > MOST_NAMED:
        more = counted(len(rare) - MOST_NAMED, "more risk is", "more risks are")
        sentences.append(f"{more} as rare (risks.arrow).")
    sure.sort(key=lambda row: (row["probability"], row["risk"]))
    sentences += [_without(**row) for row in sure[:MOST_NAMED]]
    if len(sure) > MOST_NAMED:
        more = counted(len(sure) - MOST_NAMED, "more risk is", "more risks are")
        sentences.append(f"{more} as nearly sure (risks.arrow).")
    return sentences


def _sentence(risk: str, probability: float, occurrence: float, iterations: int) -> str:
    count = round(occurrence * iterations)
    often = {0: "did not occur", 1: "occurred once", 2: "occurred twice"}.get(count, f"occurred {count:,} times")
    highest = math.floor(1000 * (1 - SEEN_WELL / iterations)) / 10
    highest = highest if highest > 99 else math.floor(highest)
    silent = f"percentiles above P{highest:g} say" if highest >= LEAST_NAMED else "its percentiles say"
    occurrences = f"{often} in {counted(iterations, 'iteration')}"
    return f"Risk {clean(risk)} ({chance(probability)}) {occurrences}; {silent} little of it."


def _without(risk: str, probability: float, occurrence: float, iterations: int) -> str:
    missed = round((1 - occurrence) * iterations)
    often = f"all but {missed:,} of {iterations:,}" if missed else f"all {iterations:,}"
    subject = f"Risk {clean(risk)} ({chance(probability)}) occurred in {often} iterations"
    return f"{subject}, which say little of it not occurring."
