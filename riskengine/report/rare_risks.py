"""Risks that occurred too seldom in a run for its percentiles to say much of them."""

import math

from riskengine.report.notation import chance, clean
from riskengine.report.reading import rows
from riskengine.results.run import RunRecord

SEEN_WELL = 10
"""Occurrences to be expected, and iterations beyond a percentile, from which a run shows them."""
MOST_NAMED = 3


def rare_risk_sentences(run: RunRecord) -> list[str]:
    """Say which risks were too rare for the iterations of a run, the likeliest first; empty where there are none."""
    columns = ("risk", "probability", "occurrence", "iterations")
    rare = [
        row
        for row in rows(run, "risks", columns)
        if row["occurrence"] is not None and 0 < row["probability"] * row["iterations"] < SEEN_WELL
    ]
    rare.sort(key=lambda row: (-row["probability"], row["risk"]))
    sentences = [_sentence(**row) for row in rare[:MOST_NAMED]]
    if len(rare) > MOST_NAMED:
        count = len(rare) - MOST_NAMED
        more = "1 more risk is" if count == 1 else f"{count:,} more risks are"
        sentences.append(f"{more} as rare (risks.arrow).")
    return sentences


def _sentence(risk: str, probability: float, occurrence: float, iterations: int) -> str:
    count = round(occurrence * iterations)
    often = {0: "did not occur", 1: "occurred once", 2: "occurred twice"}.get(count, f"occurred {count} times")
    highest = math.floor(1000 * (1 - SEEN_WELL / iterations)) / 10 if iterations > SEEN_WELL else 0
    silent = f"percentiles above P{highest:g} say" if highest > 0 else "its percentiles say"
    return f"Risk {clean(risk)} ({chance(probability)}) {often} in {iterations:,} iterations; {silent} little of it."
