"""Relationships between items as those between the leaves that are left; fulfilled ones and those outside are told."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from riskengine.importers.items.relationships import Relationship, Relationships, circle
from riskengine.importers.items.remarks import Remarks
from riskengine.importers.items.rows import Row
from riskengine.importers.items.states import State
from riskengine.importers.items.tree import Tree
from riskengine.importers.neutral import ImportedRelationship, LagUnit

MOST_RELATIONSHIPS: Final = 400_000


@dataclass(slots=True)
class Network:
    """The relationships of a plan.

    Parameters
    ----------
    of_file : Relationships
        As the file tells them.
    remarks : Remarks
    """

    of_file: Relationships
    remarks: Remarks
    after: dict[str, dict[tuple[str, str], ImportedRelationship]] = field(default_factory=lambda: defaultdict(dict))
    count: int = 0

    def bind(self, tree: Tree, planned: set[str], states: dict[str, State]) -> None:
        """Turn relationships into relationships between the leaves that are planned."""
        row = self.of_file.rows.place
        for relationship, index in self.of_file.relationships.items():
            name = f"{relationship.predecessor} -> {relationship.successor}"
            before = [id for id in tree.leaves(relationship.predecessor) if id in planned]
            behind = [id for id in tree.leaves(relationship.successor) if id in planned]
            if not before and self.is_left(tree, relationship.predecessor, states):
                self.remarks.add("relationship|relationships from the backlog left out, which may hold back", name)
            elif not behind and self.is_left(tree, relationship.successor, states):
                self.remarks.add("relationship|relationships to the backlog left out", name)
            elif not before and states[relationship.predecessor] == "dropped":
                self.remarks.add("relationship|relationships from what was dropped: taken for fulfilled", name)
            elif not before:
                self.remarks.add("relationship|relationships from what is done: fulfilled", name)
            elif not behind:
                self.remarks.add("relationship|relationships to what is done or dropped: left out", name)
            elif relationship.predecessor == relationship.successor or set(before) & set(behind):
                rule = f"an item must not wait for itself or for what it is part of: {name} ({row(index)})"
                self.of_file.faults.cell("RE889", self.of_file.rows.sheet, index, None, rule=rule)
            else:
                if len(before) * len(behind) > 1:
                    self.remarks.add("relationship|relationships of items with items below: between the leaves", name)
                self.count += len(before) * len(behind)
                if self.count > MOST_RELATIONSHIPS:
                    rule = f"the plan must have at most {MOST_RELATIONSHIPS:,} relationships between leaves"
                    self.of_file.faults.cell("RE896", self.of_file.rows.sheet, index, None, rule=rule)
                    return
                self.join(before, behind, relationship)
        self.tell_outside()
        self.refuse_circle()

    def is_left(self, tree: Tree, id: str, states: dict[str, State]) -> bool:
        """Return whether an item is still to be done: where it is not planned, it is in a backlog."""
        return any(states[leaf] in ("todo", "doing") for leaf in tree.leaves(id))

    def join(self, before: list[str], behind: list[str], relationship: Relationship) -> None:
        """Let each of some leaves wait for each of others."""
        for successor in behind:
            there = self.after[successor]
            for predecessor in before:
                unit: LagUnit = "eh" if relationship.is_elapsed else "h"
                new = ImportedRelationship(predecessor, relationship.kind, relationship.lag, unit)
                other = there.setdefault((predecessor, relationship.kind), new)
                if (other.lag, other.lag_unit) != (new.lag, new.lag_unit):
                    rule = f"two relationships between {predecessor} and {successor} must have one lag"
                    index = self.of_file.relationships[relationship]
                    self.of_file.faults.cell("RE888", self.of_file.rows.sheet, index, None, rule=rule)

    def relationships(self, id: str) -> list[ImportedRelationship]:
        """Return what a task waits for, in the order of the file."""
        return list(self.after[id].values()) if id in self.after else []

    def tell_outside(self) -> None:
        """Note the relationships whose other end is not in the file."""
        for item, other in self.of_file.held_outside:
            self.remarks.add(
                "relationship|relationships from outside the file left out, which may hold items back",
                f"{other} -> {item}",
            )
        for item, other in self.of_file.holds_outside:
            self.remarks.add("relationship|relationships to what is not in the file left out", f"{item} -> {other}")

    def refuse_circle(self) -> None:
        """Report tasks that wait for each other in a circle, each with its row."""
        edges = {id: [key[0] for key in there] for id, there in self.after.items()}
        ring = circle(edges)
        if not ring:
            return
        by_id = {item.id: item for item in self.of_file.rows.items}
        forward = ring[::-1]
        path = " -> ".join(self._named(forward, by_id))
        index = by_id[forward[0]].index
        rule, cure = f"no item must wait for itself: {path}", "remove one of the relationships of this circle"
        self.of_file.faults.cell("RE889", self.of_file.rows.sheet, index, None, rule=rule, cure=cure)

    def _named(self, ring: list[str], by_id: dict[str, Row]) -> Iterator[str]:
        """Yield the items of a circle, each with its row, the first one again at the end."""
        for id in [*ring, ring[0]]:
            yield f"{id} ({self.of_file.rows.place(by_id[id].index)})"
