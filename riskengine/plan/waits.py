"""Delays of relationships: what risks add to lags, and what it costs to wait."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from riskengine.kernel.contract.arrays import LAG, RISK_MONEY
from riskengine.model import Constant, Risk
from riskengine.model.relationship_key import RelationshipKey
from riskengine.plan.impact import stream_name
from riskengine.plan.network.relationships import Relationships
from riskengine.plan.network.structure import Structure
from riskengine.plan.time.horizon import LARGEST, TooLong
from riskengine.plan.variables.draws import DrawBook
from riskengine.plan.variables.variable import VariableBook


@dataclass(frozen=True)
class Wait:
    """One delay by a risk, as a variable, of a relationship by its number."""

    relationship: int
    variable: int


def place_of(key: RelationshipKey, structure: Structure, relationships: Relationships) -> int:
    """Return the number of a relationship that a risk may still delay, or -1 where logic asks for it no more."""
    if not key.is_open(structure.scenario.tasks[key.successor]):
        return -1
    after = structure.logic.after[key.successor]
    places = relationships.place[key.successor]
    pairs = zip(after, places, strict=True)
    return next((at for one, at in pairs if (one.task, one.type) == (key.predecessor, key.type)), -1)


@dataclass(frozen=True)
class WaitBook:
    """Adds the delays of relationships to the variables and the draws of a plan."""

    structure: Structure
    relationships: Relationships
    book: VariableBook
    draws: DrawBook

    def add(self, number: int, risk: Risk, key: RelationshipKey) -> Wait | None:
        """Add what a risk does to a relationship, or return None where that is over.

        Notes
        -----
        What it costs to wait is drawn from the stream of the delay, so that both are the same draw.
        """
        structure, impact, relationships = self.structure, risk.impacts[str(key)], self.relationships
        at = place_of(key, structure, relationships)
        if impact.delay is None or at < 0:
            return None
        stage, calendars = 1 + structure.row[key.successor], structure.calendars
        stream, label = stream_name(risk, str(key), "delay"), f"risk/{risk.id}/impact/{key}"
        calendar = int(relationships.calendar[at])
        scale = calendars.scale(impact.delay, calendar)
        variable = self.book.add(stream, impact.delay, scale, True, f"{label}/delay")
        self.draws.add(stage, variable, LAG, int(relationships.lag_row[at]), number)
        if isinstance(impact.waiting_rate, Constant) and impact.waiting_rate.value:
            price = impact.waiting_rate.value * scale / calendars.day_ticks(calendar)
            money = self.book.add(stream, impact.delay, price, False, f"{label}/waiting_rate")
            self.draws.add(stage, money, RISK_MONEY, 0, number)
        return Wait(at, variable)


def with_waits(relationships: Relationships, waits: Sequence[Wait], book: VariableBook) -> Relationships:
    """Return relationships whose lags reach as far as delays may make them.

    Raises
    ------
    TooLong
    """
    if not waits:
        return relationships
    least, most = relationships.least.copy(), relationships.most.copy()
    for wait in waits:
        least[wait.relationship] += int(min(0.0, book.low(wait.variable)))
        most[wait.relationship] += int(max(0.0, book.high(wait.variable)))
    if most.max() > LARGEST or least.min() < -LARGEST:
        raise TooLong("delays of a relationship that do not fit")
    return replace(relationships, least=least, most=most)
