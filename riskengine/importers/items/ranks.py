"""The order of a backlog: ranks that trackers write, as priorities that differ within what a priority's word says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from riskengine.importers.items.numbers import number_of
from riskengine.importers.items.remarks import Remarks
from riskengine.importers.items.rows import Rows
from riskengine.scenario.tables.sheets import Value, cell_text

LEXORANK: Final = re.compile(r"([0-9])\|([0-9a-z]{1,60}):([0-9a-z]{0,60})")
"""Jira's ranks: a bucket, then digits of base 36, compared as texts; ``0|i0000v:``."""

HIGHEST: Final = 1000
Rank = tuple[str, str, float]


@dataclass(slots=True)
class Ranks:
    """Reads the ranks of all items.

    Attributes
    ----------
    by_id : dict
        Rank of an item, the smaller the earlier; empty where the column cannot be used.
    """

    rows: Rows
    remarks: Remarks
    by_id: dict[str, Rank] = field(default_factory=dict)

    def prepare(self) -> None:
        """Read the column; ranks of two kinds, or of two of Jira's buckets, have no order."""
        kinds = set()
        for item in self.rows.items:
            for column, value in self.rows.cells(item.index, "rank"):
                kind, rank = rank_of(value)
                if not kind:
                    self.by_id = {}
                    statement = f'rank|ranks of column "{column.heading}" cannot be told: the order is not read'
                    self.remarks.add(statement, f"{cell_text(value)[:40]} of {item.id}")
                    return
                kinds.add(kind)
                self.by_id.setdefault(item.id, rank)
        if len(kinds) > 1:
            self.by_id = {}
            for kind in sorted(kinds):
                self.remarks.add("kind|kinds of ranks have no order between them: they are not read", kind)

    def refine(self, priorities: Mapping[str, int]) -> dict[str, int]:
        """Return priorities in which items of one priority are served by rank; items without one come last.

        Parameters
        ----------
        priorities : mapping
            Priority of each item that is planned, from 0 to 1000.
        """
        if not self.by_id:
            return dict(priorities)
        values = sorted(set(priorities.values()))
        refined: dict[str, int] = {}
        has_ties = False
        for value in values:
            ids = [id for id, priority in priorities.items() if priority == value]
            ids.sort(key=lambda id: (id not in self.by_id, self.by_id.get(id, ("", "", 0.0))))
            room = room_of(value, values)
            has_ties |= len(ids) > 2 * room + 1
            for position, id in enumerate(ids):
                share = position / (len(ids) - 1) if len(ids) > 1 else 0.5
                refined[id] = value + room - round(2 * room * share)
        ranked = sorted((id for id in priorities if id in self.by_id), key=self.by_id.__getitem__)
        for id in ranked:
            self.remarks.add("item|items of one priority are served by rank, the first of all", id)
        for id in priorities:
            if id not in self.by_id:
                self.remarks.add("item|items without a rank: served after those of their priority that have one", id)
        if has_ties:
            self.remarks.add("item|items close by rank share a priority, of which there are 1,001", ranked[0])
        return refined


def rank_of(value: Value) -> tuple[str, Rank]:
    """Return the kind of a rank and what it is compared by; no kind where it is none."""
    match = LEXORANK.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is not None:
        return f"bucket {match[1]}", (match[2], match[3], 0.0)
    number = number_of(value)
    return ("", ("", "", 0.0)) if isinstance(number, str) else ("number", ("", "", number))


def room_of(value: int, values: list[int]) -> int:
    """Return how far priorities may lie from one without reaching half the way to its neighbours."""
    gaps = [high - low for low, high in pairwise(values) if value in (low, high)]
    return max(0, min([value, HIGHEST - value, *((gap - 1) // 2 for gap in gaps)]))
