"""Damages and bonuses: how likely each is due, and how much of it."""

from collections.abc import Sequence

from riskengine.pages.blocks import Block, Cell, Column, Row, Table
from riskengine.pages.section import PageInput, Section
from riskengine.report import reading


def blocks(page: PageInput) -> Sequence[Block]:
    """A row for each clause; nothing without any."""
    clauses = reading.rows(page.run, "clauses")
    if not clauses:
        return []
    say = page.say
    columns = [
        Column(say("clauses.clause")),
        Column(say("clauses.condition"), say("clauses.condition_meaning")),
        Column(say("clauses.due"), say("clauses.due_meaning"), True),
        Column(say("clauses.mean"), say("clauses.mean_meaning"), True),
        Column(say("clauses.p80"), say("clauses.p80_meaning"), True),
        Column(say("clauses.plan"), say("clauses.plan_meaning"), True),
    ]
    rows = [_clause(page, clause) for clause in clauses]
    return [Table(say("clauses.caption"), columns, rows, "clauses.arrow", is_sortable=True, is_stacked=True)]


def _clause(page: PageInput, clause: reading.Row) -> Row:
    language = page.language
    due, interval = language.chance_estimate(clause["chance"], clause["chance_ci_low"], clause["chance_ci_high"])
    return Row(
        [
            Cell(clause["clause"], detail=clause["name"]),
            Cell(_condition(page, clause)),
            Cell(due, clause["chance"], interval),
            _money(page, clause, "mean"),
            _money(page, clause, "p80"),
            Cell(language.money(clause["deterministic"], page.currency), clause["deterministic"]),
        ]
    )


def _condition(page: PageInput, clause: reading.Row) -> str:
    """Return what a clause says, in words."""
    say, language = page.say, page.language
    who = say("clauses.project") if clause["target"] == reading.PROJECT else clause["target"]
    words = say(
        f"clauses.{clause['kind']}_{clause['per']}",
        rate=language.limit(clause["rate"], page.currency),
        target=who,
        date=language.moment(clause["date"]),
    )
    return (
        words
        if clause["most"] is None
        else f"{words}, {say('clauses.cap', most=language.limit(clause['most'], page.currency))}"
    )


def _money(page: PageInput, clause: reading.Row, name: str) -> Cell:
    ends = clause[f"{name}_ci_low"], clause[f"{name}_ci_high"]
    value, interval = page.language.money_estimate(clause[name], *ends, page.currency)
    return Cell(value, clause[name], interval)


SECTION = Section("clauses", blocks)
