"""What can be done about the risks: which actions are in force, what they cost, and what each changes by itself."""

from collections.abc import Sequence

from riskengine.pages.blocks import Block, Cell, Column, Prose, Row, Table
from riskengine.pages.section import PageInput, Section
from riskengine.report import reading

MOST = 40
MOST_EFFECTS = 6
EFFECTS = ("probability", "delay", "cost")


def blocks(page: PageInput) -> Sequence[Block]:
    """A row for each action, those in force first; nothing where there is none."""
    actions = reading.rows(page.run, "actions")
    if not actions:
        return []
    effects: dict[str, list[reading.Row]] = {}
    for effect in reading.rows(page.run, "action_effects"):
        effects.setdefault(effect["action"], []).append(effect)
    say = page.say
    columns = [
        Column(say("actions.action")),
        Column(say("actions.in_force"), say("actions.in_force_meaning")),
        Column(say("actions.cost"), say("actions.cost_meaning"), True),
        Column(say("actions.owner")),
        Column(say("actions.changes"), say("actions.changes_meaning")),
    ]
    ordered = sorted(actions, key=lambda row: (not row["in_force"], row["action"]))
    rows = [_row(page, action, effects.get(action["action"], [])) for action in ordered[:MOST]]
    table = Table(
        say("actions.caption"), columns, rows, "actions.arrow, action_effects.arrow", is_sortable=True, is_stacked=True
    )
    left_out = len(actions) - len(rows)
    return [table, *([Prose([say("actions.more", count=page.language.count(left_out))])] if left_out else [])]


def _row(page: PageInput, action: reading.Row, effects: Sequence[reading.Row]) -> Row:
    price = page.language.money(action["cost"], page.currency)
    is_in_force = page.say("actions.yes" if action["in_force"] else "actions.no")
    parts = [_effect(page, effect) for effect in effects[:MOST_EFFECTS]]
    if len(effects) > MOST_EFFECTS:
        parts.append(Cell(page.say("actions.more_effects", count=page.language.count(len(effects) - MOST_EFFECTS))))
    cells = [Cell(action["action"], detail=action["name"]), Cell(is_in_force), Cell(price, action["cost"])]
    return Row([*cells, Cell(action["owner"]), Cell("", parts=parts)])


def _effect(page: PageInput, effect: reading.Row) -> Cell:
    """What an action changes of a risk: its probability, and its mean delay and cost where they move."""
    language = page.language
    probability, delay, cost = ((effect[f"{name}_before"], effect[f"{name}_after"]) for name in EFFECTS)
    texts = []
    if probability[0] != probability[1]:
        texts.append(_from_to(page, *(language.chance(share) for share in probability)))
    if delay[0] != delay[1]:
        texts.append(_from_to(page, *(language.days(days) for days in delay)))
    if cost[0] != cost[1]:
        texts.append(_from_to(page, *(language.money(amount, page.currency) for amount in cost)))
    return Cell(effect["risk"], detail=", ".join(texts))


def _from_to(page: PageInput, before: str, after: str) -> str:
    return page.say("actions.from_to", before=before, after=after)


SECTION = Section("actions", blocks)
