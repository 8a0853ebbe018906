"""The decision in words, and the few numbers that everybody asks for."""

from collections.abc import Sequence

from riskengine.pages.blocks import Block, Tile, Tiles, Verdict
from riskengine.pages.section import PageInput, Section
from riskengine.report.reading import PROJECT, percentiles, summary
from riskengine.report.reading import decision as decision_of
from riskengine.report.summary.words import sentences


def blocks(page: PageInput) -> Sequence[Block]:
    """The verdict with its sentences, then plan, P50 and P80 of the finish, and the cost where there is any."""
    answer = decision_of(page.run) or "none"
    paragraphs = sentences(page.run, page.language.speech) or [page.say("decision.no_gates")]
    return [Verdict(answer, page.say(f"answer.{answer}"), paragraphs), Tiles([*_finish(page), *_cost(page)])]


def _finish(page: PageInput) -> list[Tile]:
    language, plan = page.language, summary(page.run, PROJECT, "finish")
    chance, interval = language.chance_estimate(plan["chance"], plan["chance_ci_low"], plan["chance_ci_high"])
    tiles = [
        Tile(
            page.say("decision.plan_finish"),
            language.day(plan["deterministic_instant"]),
            page.say("decision.plan_chance", chance=chance, interval=interval),
        )
    ]
    for row in percentiles(page.run, PROJECT, "finish"):
        if row["percentile"] in (50, 80):
            ends = language.span(row["instant_ci_low"], row["instant_ci_high"])
            name = page.say("decision.percentile_finish", percentile=f"{row['percentile']:g}")
            tiles.append(Tile(name, language.day(row["instant"]), _interval(page, ends)))
    return tiles


def _cost(page: PageInput) -> list[Tile]:
    if not page.has_cost:
        return []
    language, tiles = page.language, []
    for row in percentiles(page.run, PROJECT, "cost"):
        if row["percentile"] == 80:
            value, ends = language.money_estimate(row["value"], row["ci_low"], row["ci_high"], page.currency)
            tiles.append(Tile(page.say("decision.p80_cost"), value, _interval(page, ends)))
    return tiles


def _interval(page: PageInput, ends: str) -> str:
    return page.say("decision.interval", interval=ends) if ends else ""


SECTION = Section("decision", blocks)
