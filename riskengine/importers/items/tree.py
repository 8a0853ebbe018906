"""Which item is below which: by the parent that each names, by the level of its title, or by outline numbers."""

from dataclasses import dataclass, field
from typing import Final

from riskengine.importers.items.item_map import ItemMap
from riskengine.importers.items.numbers import number_of
from riskengine.importers.items.relationships import circle
from riskengine.importers.items.rows import Row, Rows
from riskengine.importers.items.spelling import key_of
from riskengine.importers.sheets.faults import SheetFaults
from riskengine.scenario.tables.sheets import cell_text

MOST_DEEP: Final = 50
"""Levels of a tree; trackers have six at most."""


@dataclass(slots=True)
class Tree:
    """The tree of the items.

    Attributes
    ----------
    parents : dict
        Parent of an item, of those that have one in the file.
    children : dict
    outside : list of tuple
        Items whose parent is not in the file, with that parent.
    """

    parents: dict[str, str] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=dict)
    outside: list[tuple[str, str]] = field(default_factory=list)

    def chain(self, id: str) -> list[str]:
        """Return the ids from the top down to an item."""
        ids = [id]
        while ids[-1] in self.parents:
            ids.append(self.parents[ids[-1]])
        return ids[::-1]

    def leaves(self, id: str) -> list[str]:
        """Return the leaves below an item, itself where nothing is below."""
        stack, leaves = [id], []
        while stack:
            here = stack.pop()
            below = self.children.get(here)
            if below:
                stack += reversed(below)
            else:
                leaves.append(here)
        return leaves


def read_tree(rows: Rows, item_map: ItemMap, faults: SheetFaults) -> Tree:
    """Return the tree of the items; parents in a circle are reported."""
    tree = Tree()
    reader = TreeReader(rows, item_map, faults, tree)
    if rows.header.levels:
        reader.by_level()
    elif rows.has("level"):
        reader.by_outline_level()
    elif rows.has("outline") and item_map.is_numbered:
        reader.by_outline_number()
    elif item_map.is_numbered:
        reader.by_indent()
    reader.by_parent()
    ring = circle({child: [parent] for child, parent in tree.parents.items()})
    if ring:
        by_id = {item.id: item for item in rows.items}
        path = " -> ".join(f"{id} ({rows.place(by_id[id].index)})" for id in [*ring, ring[0]][:22])
        faults.cell("RE889", rows.sheet, by_id[ring[0]].index, None, rule=f"no item may be above itself: {path}")
        tree.parents = {}
    deep = next((item for item in rows.items if len(tree.chain(item.id)) > MOST_DEEP), None)
    if deep is not None:
        faults.cell("RE890", rows.sheet, deep.index, None, rule=f"a tree must have at most {MOST_DEEP} levels")
        tree.parents = {}  # chains of every item of a deep tree would take minutes
    for child, parent in tree.parents.items():
        tree.children.setdefault(parent, []).append(child)
    return tree


@dataclass(slots=True)
class TreeReader:
    """Finds the parents of items."""

    rows: Rows
    map: ItemMap
    faults: SheetFaults
    tree: Tree

    def by_level(self) -> None:
        """Take the last row of a level above for the parent, where titles stand in a column for each level."""
        self.stack([(item, item.level) for item in self.rows.items])

    def stack(self, levels: list[tuple[Row, int | None]]) -> None:
        """Take the last row of a smaller level for the parent."""
        above: list[tuple[int, str]] = []
        for item, level in levels:
            if level is None:
                continue
            while above and above[-1][0] >= level:
                above.pop()
            if above:
                self.tree.parents[item.id] = above[-1][1]
            above.append((level, item.id))

    def by_outline_level(self) -> None:
        """Take the level from a column of levels."""
        levels: list[tuple[Row, int | None]] = []
        for item in self.rows.items:
            level: int | None = None
            for column, value in self.rows.cells(item.index, "level"):
                number = number_of(value)
                if isinstance(number, str) or number != int(number) or not 0 <= number <= MOST_DEEP:
                    rule = f"a level must be a whole number from 0 to {MOST_DEEP}"
                    self.faults.cell("RE890", self.rows.sheet, item.index, column.index, column.heading, rule=rule)
                else:
                    level = int(number)
            levels.append((item, level))
        self.stack(levels)

    def by_outline_number(self) -> None:
        """Take 1.2 for the parent of 1.2.3."""
        codes: dict[str, str] = {}
        coded: list[tuple[Row, str]] = []
        for item in self.rows.items:
            code = next(iter(self.rows.texts(item.index, "outline")), "").rstrip(".")
            if not code:
                continue
            coded.append((item, code))
            if code in codes:
                column = self.rows.header.columns["outline"][0]
                rule = f"an outline number must be there once, and {codes[code]} has it as well"
                self.faults.cell("RE890", self.rows.sheet, item.index, column.index, column.heading, rule=rule)
            codes.setdefault(code, item.id)
        for item, code in coded:
            head = code.rpartition(".")[0]
            while head and head not in codes:
                head = head.rpartition(".")[0]
            if head and codes[head] != item.id:
                self.tree.parents[item.id] = codes[head]

    def by_indent(self) -> None:
        """Take blanks before titles for levels; one that ends between two levels belongs to neither."""
        above: list[int] = []
        for item in self.rows.items:
            indent = item.level or 0
            is_back = bool(above) and above[-1] > indent
            while above and above[-1] > indent:
                above.pop()
            if is_back and (not above or above[-1] != indent):
                column = self.rows.header.columns["name"][0]
                rule = "a title must be indented as far as one above it, or farther than the row before"
                self.faults.cell("RE890", self.rows.sheet, item.index, column.index, column.heading, rule=rule)
            if not above or above[-1] < indent:
                above.append(indent)
        self.stack([(item, item.level or 0) for item in self.rows.items])

    def by_parent(self) -> None:
        """Take the parent that an item names, by whatever the map says it is named by."""
        binding = self.map.columns.get("parent")
        if binding is None or not self.rows.has("parent"):
            return
        names: dict[str, dict[str, list[str]]] = {"id": {}, "number": {}, "name": {}}
        for item in self.rows.items:
            names["id"].setdefault(item.id, []).append(item.id)
            names["name"].setdefault(key_of(item.name), []).append(item.id)
            for text in self.rows.texts(item.index, "number"):
                names["number"].setdefault(text, []).append(item.id)
        for item in self.rows.items:
            self.parent_of(item, binding.by, names)

    def parent_of(self, item: Row, by: tuple[str, ...], names: dict[str, dict[str, list[str]]]) -> None:
        """Find the parent of one item; cells that name different ones are reported."""
        parents: list[str] = []
        unknown = ""
        for column, value in self.rows.cells(item.index, "parent"):
            text = cell_text(value)
            matches: list[str] = []
            for way in by:
                matches = names[way].get(key_of(text) if way == "name" else text.removeprefix("#"), [])
                if matches:
                    break
            others = [match for match in matches if match != item.id] or matches
            if len(others) > 1 or (others and parents and others[0] != parents[0]):
                rule = "an item must have one parent, and a name must be that of one item"
                self.faults.cell("RE890", self.rows.sheet, item.index, column.index, column.heading, rule=rule)
            elif others:
                parents.append(others[0])
            else:
                unknown = unknown or text
        if parents:
            self.tree.parents[item.id] = parents[0]
        elif unknown:
            self.tree.outside.append((item.id, unknown))
