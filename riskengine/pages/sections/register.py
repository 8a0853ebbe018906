"""The risk register: every risk with its owner, its probability, what it acts on, and what it adds."""

from collections import Counter
from collections.abc import Sequence

from riskengine.pages.blocks import Block, Cell, Column, Row, Table
from riskengine.pages.section import PageInput, Section
from riskengine.report import reading
from riskengine.report.text.notation import UNKNOWN, is_nothing

MOST_STACKED = 100
"""Risks up to which a phone shows each as a card: the headings in every cell take room."""
MOST_EFFECTS = 6


def blocks(page: PageInput) -> Sequence[Block]:
    """One table; nothing for a scenario without risks."""
    risks = reading.rows(page.run, "risks")
    if not risks:
        return []
    say = page.say
    columns = [Column(say("register.risk")), Column(say("register.owner"))]
    columns += [Column(say("register.probability"), say("register.probability_meaning"), True)]
    columns += [Column(say("register.acts_on"), say("register.acts_on_meaning"))]
    columns += [Column(say("register.days"), say("risks.effect_meaning"), True)]
    columns += [Column(say("register.money"), say("risks.effect_meaning"), True)] if page.has_cost else []
    acts_on = effects_by_risk(page)
    return [
        Table(
            say("register.caption"),
            columns,
            [_row(page, risk, acts_on.get(risk["risk"], [])) for risk in risks],
            "risks.arrow, impacts.arrow",
            is_sortable=True,
            has_filter=True,
            is_stacked=len(risks) <= MOST_STACKED,
        )
    ]


def effects_by_risk(page: PageInput) -> dict[str, list[str]]:
    """What each risk acts on, as the scenario names it, with how many tasks that is, and which way."""
    impacts = reading.rows(page.run, "impacts", ("risk", "selector", "effect", "target"))
    counts = Counter((impact["risk"], impact["selector"], impact["effect"]) for impact in impacts)
    single = {(impact["risk"], impact["selector"], impact["effect"]): impact["target"] for impact in impacts}
    acts_on: dict[str, list[str]] = {}
    for (risk, selector, effect), count in counts.items():
        is_one = single[risk, selector, effect] == selector
        number = "" if is_one else page.say("register.count", count=page.language.count(count))
        word = page.language.term("register.", effect)
        acts_on.setdefault(risk, []).append(page.say("register.effect", selector=selector, count=number, effect=word))
    return acts_on


def _row(page: PageInput, risk: reading.Row, acts_on: Sequence[str]) -> Row:
    language = page.language
    state = language.term("register.", risk["kind"]) if risk["active"] else page.say("register.off")
    cells = [
        Cell(risk["risk"], detail=risk["name"]),
        Cell(risk["owner"], risk["owner"]),
        Cell(language.chance(risk["probability"]), risk["probability"], state),
        _acts_on(page, acts_on),
    ]
    return Row([*cells, *(_effect(page, risk, measure) for measure in ("days", *(["cost"] if page.has_cost else [])))])


def _acts_on(page: PageInput, acts_on: Sequence[str]) -> Cell:
    targets = list(acts_on[:MOST_EFFECTS])
    if len(acts_on) > MOST_EFFECTS:
        targets.append(page.say("register.more", count=page.language.count(len(acts_on) - MOST_EFFECTS)))
    return Cell("", parts=[Cell(text) for text in targets]) if targets else Cell(UNKNOWN)


def _effect(page: PageInput, risk: reading.Row, measure: str) -> Cell:
    """What the risk adds to the P80, or to the mean where the percentile was not measured."""
    statistic = "p80" if risk[f"{measure}_p80"] is not None else "mean"
    value, low, high = (risk[f"{measure}_{statistic}{end}"] for end in ("", "_ci_low", "_ci_high"))
    if value is None:
        return Cell(UNKNOWN, "")
    if is_nothing(value, low, high):
        value, low, high = 0.0, None, None
    language, is_signed = page.language, value != 0.0
    if measure == "days":
        effect, interval = language.days_estimate(value, low, high, signed=is_signed)
    else:
        effect, interval = language.money_estimate(value, low, high, page.currency, signed=is_signed)
    detail = interval if statistic == "p80" or not interval else page.say("risks.at_mean", interval=interval)
    return Cell(effect, value, detail)


SECTION = Section("register", blocks)
