"""Reading matrices of correlations: members, and rows of ranks."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from riskengine.errors.counting import counted
from riskengine.model import CorrelationMatrix
from riskengine.model.format import FORMAT
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.values.fields import Fields, number

SAME: Final = 1e-9
"""How far two entries may be apart that are to be the same."""
MOST_FAULTS: Final = 20
"""Faults of entries told for one matrix: a matrix of covariances has nothing else."""

Rank = float | None


class MatrixReader:
    """Reads matrices of correlations.

    Parameters
    ----------
    is_member : callable
        Whether a key names one member, after reporting where it does not; takes its place, too.
    faults : Faults
        Where faults go.
    """

    def __init__(self, is_member: Callable[[object, Place], bool], faults: Faults) -> None:
        self.is_member = is_member
        self.faults = faults

    def read(self, fields: Fields) -> CorrelationMatrix | None:
        """Return the matrix of a correlation, or None after reporting what is wrong with it."""
        count = len(self.faults.all)
        place = (*fields.place, "matrix")
        table = fields.data["matrix"]
        if not isinstance(table, dict):
            self.faults.add(
                "RE113", place, table, rule="must be a table of members and rows, or the name of a CSV file"
            )
            return None
        inside = Fields(table, place, self.faults, FORMAT["matrix"])
        if not inside.require("members") or not inside.require("rows"):
            return None
        members, rows = inside.items("members"), inside.items("rows")
        if not self.check_members(members, (*place, "members")):
            return None
        ranks = self.ranks(rows, len(members), (*place, "rows"))
        if len(self.faults.all) == count:
            self.check_entries(members, ranks, (*place, "rows"))
        if len(self.faults.all) > count:
            return None
        order = sorted(range(len(members)), key=lambda at: str(members[at]))
        return CorrelationMatrix.model_construct(
            members=tuple(members[at] for at in order), rows=tuple(tuple(ranks[i][j] for j in order) for i in order)
        )

    def check_members(self, members: Sequence[Any], place: Place) -> bool:
        """Report members that there are not, that stand twice, or that are too few; return whether all there are."""
        if len(members) < 2:
            self.faults.add("RE320", place, counted(len(members), "member"))
        seen = set()
        is_sound = True
        for position, key in enumerate(members):
            if self.is_member(key, (*place, position)):
                if key in seen:
                    self.faults.add("RE323", (*place, position), key)
                seen.add(key)
            else:
                is_sound = False
        return is_sound

    def ranks(self, rows: Sequence[Any], size: int, place: Place) -> list[list[Rank]]:
        """Return a square of ranks; where the rows end at the diagonal, what is above it is not given."""
        if len(rows) != size:
            rule = f"must have a row for each of its {counted(size, 'member')}"
            self.faults.add("RE329", place, counted(len(rows), "row"), rule=rule)
            return []
        is_triangle = size > 1 and all(isinstance(row, list) and len(row) == at + 1 for at, row in enumerate(rows))
        square: list[list[Rank]] = []
        for at, row in enumerate(rows):
            where = (*place, at)
            if not isinstance(row, list):
                self.faults.add("RE113", where, row, rule="must be a list of ranks")
            elif len(row) != size and not is_triangle:
                rule = "a row must have an entry for each member, or all rows must end at the diagonal"
                self.faults.add("RE329", where, counted(len(row), "entry", "entries"), rule=rule)
            else:
                read = [self.rank(entry, (*where, column)) for column, entry in enumerate(row)]
                square.append([*read, *[None] * (size - len(read))])
        return square

    def rank(self, entry: object, place: Place) -> Rank:
        """Return one entry, None where it is not given or wrong."""
        if entry is None or entry == "":
            return None
        rank = number(entry, place, self.faults)
        if rank is not None and not -1 <= rank <= 1:
            self.faults.add("RE321", place, entry)
            return None
        return rank

    def check_entries(self, members: Sequence[str], ranks: list[list[Rank]], place: Place) -> None:
        """Report a diagonal that is not 1, and entries that differ across it; fill those given on one side only."""
        wrong = 0
        for i, row in enumerate(ranks):
            with_itself = row[i]
            if with_itself is not None and abs(with_itself - 1) > SAME:
                rule = "a correlation with itself must be 1"
                self.faults.add(
                    "RE329", (*place, i, i), with_itself, rule=rule, cure=f"write 1 for {members[i]} with itself"
                )
                wrong += 1
            row[i] = 1.0
            for j in range(i):
                lower, upper = row[j], ranks[j][i]
                if lower is None or upper is None:
                    row[j] = ranks[j][i] = upper if lower is None else lower
                elif abs(lower - upper) > SAME:
                    rule = (
                        f"a matrix must be symmetric, and {members[j]} with {members[i]} is {upper:g} on the other side"
                    )
                    self.faults.add("RE329", (*place, i, j), lower, rule=rule)
                    wrong += 1
                else:
                    ranks[j][i] = lower
            if wrong > MOST_FAULTS:
                return
