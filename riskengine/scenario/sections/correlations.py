"""Reading correlations, and looking at what they ask for once the rest of a scenario has been read."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from riskengine.errors.counting import counted, first_names
from riskengine.model import CorrelatedPair, Correlation, Scenario
from riskengine.model.correlated import EVERY_RISK, RISK, CorrelatedMembers
from riskengine.model.format import FORMAT
from riskengine.model.selector import ALL, COST_LINE, EVERY_COST_LINE, SELECTORS
from riskengine.scenario.hooks import Hooks
from riskengine.scenario.sections.correlation_matrices import MatrixReader
from riskengine.scenario.sections.selectors import Selection
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.fields import Fields
from riskengine.scenario.values.sections import entities

MOST_NAMED = 5
"""Members named in a hint."""

MOST_MEMBERS: Final = 200_000
"""Members of all correlations together: a hundred thousand tasks may be in two groups, one within the other."""


class CorrelationReader:
    """Reads the correlations of one scenario.

    Parameters
    ----------
    sections : mapping of str to mapping
        Sections of the document, faulty entities too, so that one fault hides no other.
    selection : Selection
        Finds the tasks of a selector.
    faults : Faults
        Where faults go.
    """

    def __init__(self, sections: Mapping[str, Mapping[str, Any]], selection: Selection, faults: Faults) -> None:
        self.sections = sections
        self.selection = selection
        self.faults = faults

    def read(self) -> dict[str, Correlation]:
        """Return the sound correlations, sorted by id."""
        correlations = {}
        section = FORMAT["correlations"]
        plain = PlainFields(section, apart=("between", "pairs", "matrix"))
        matrices = MatrixReader(self.member, self.faults)
        for key, fields in entities("correlations", self.sections["correlations"], section, self.faults):
            has_more = "pairs" in fields.data or "matrix" in fields.data
            has_group = "between" in fields.data or "rank" in fields.data or not has_more
            between: tuple[str, ...] = ()
            if has_group:
                fields.require("rank")
                between = self.between(fields) if fields.require("between") else ()
            correlations[key] = Correlation.model_construct(
                id=key,
                between=between,
                pairs=self.pairs(fields),
                matrix=matrices.read(fields) if "matrix" in fields.data else None,
                **plain.values(fields),
            )
        return correlations

    def between(self, fields: Fields) -> tuple[str, ...]:
        """Return what a correlation names, each once, sorted."""
        members: set[str] = set()
        for position, key in enumerate(fields.items("between")):
            place = (*fields.place, "between", position)
            if not isinstance(key, str):
                self.faults.add("RE113", place, key, rule="must be the id of a task, a selector, cost:ID or risk:ID")
            elif key in members:
                self.faults.add("RE323", place, key)
            elif not self.is_known(key):
                self.refuse(key, place)
            else:
                members.add(key)
        return tuple(sorted(members))

    def pairs(self, fields: Fields) -> tuple[CorrelatedPair, ...]:
        """Return the pairs of a correlation, sorted: of a table with keys such as ``a/b``, or of a list of tables."""
        value = fields.data.get("pairs", [])
        place = (*fields.place, "pairs")
        if not isinstance(value, dict | list):
            self.faults.add("RE113", place, value, rule='must be a table such as { "design/build" = 0.6 }, or a list')
            return ()
        if not value and "pairs" in fields.data:
            self.faults.add("RE320", place, rule="must have a pair")
        written = self.of_table(value, place) if isinstance(value, dict) else self.of_list(value, place)
        pairs: dict[tuple[str, ...], CorrelatedPair] = {}
        for pair, where in written:
            if pair.between in pairs:
                self.faults.add("RE323", where, "/".join(pair.between), rule="a pair must be named once")
            pairs[pair.between] = pair
        return tuple(pair for _, pair in sorted(pairs.items()))

    def of_table(self, table: Mapping[str, Any], place: Place) -> Iterator[tuple[CorrelatedPair, Place]]:
        """Yield the sound pairs of a table, each with its place."""
        for key, value in table.items():
            where = (*place, key)
            names = [name.strip() for name in key.split("/")]
            if len(names) != 2:
                self.faults.add("RE320", where, key, rule='must name two members, as in "design/build"')
                continue
            table_of_pair = dict(value) if isinstance(value, dict) else {"rank": value}
            if "between" in table_of_pair:
                self.faults.add(
                    "RE111", (*where, "between"), rule="is not a key of the format here: the key names the pair"
                )
                continue
            yield from self.pair(names, Fields(table_of_pair, where, self.faults, FORMAT["pair"]), where)

    def of_list(self, items: list[Any], place: Place) -> Iterator[tuple[CorrelatedPair, Place]]:
        """Yield the sound pairs of a list, each with its place."""
        for position, item in enumerate(items):
            where = (*place, position)
            if not isinstance(item, dict):
                rule = 'must be a table such as { between = ["design", "build"], rank = 0.6 }'
                self.faults.add("RE113", where, item, rule=rule)
                continue
            fields = Fields(item, where, self.faults, FORMAT["pair"])
            if fields.require("between"):
                yield from self.pair(fields.items("between"), fields, (*where, "between"))

    def pair(self, names: list[Any], fields: Fields, place: Place) -> Iterator[tuple[CorrelatedPair, Place]]:
        """Yield a pair with its place where nothing is wrong with it."""
        has_rank = fields.require("rank")
        values = PlainFields(FORMAT["pair"], apart=("between",), defaults={"rank": 0.0}).values(fields)
        if len(names) != 2:
            self.faults.add("RE320", place, counted(len(names), "member"), rule="a pair must have two members")
        elif not self.members(names, place):
            return
        elif names[0] == names[1]:
            self.faults.add("RE323", place, names[0], rule="nothing is correlated with itself")
        elif has_rank:
            yield CorrelatedPair.model_construct(between=tuple(sorted(names)), **values), place

    def members(self, keys: Iterable[object], place: Place) -> bool:
        """Return whether each key names one member, after reporting those that do not."""
        is_sound = [self.member(key, place) for key in keys]
        return all(is_sound)

    def member(self, key: object, place: Place) -> bool:
        """Return whether a key names one member, and report it where it does not."""
        if not isinstance(key, str):
            self.faults.add("RE113", place, key, rule="must be the id of a task, cost:ID or risk:ID")
            return False
        if not self.is_known(key):
            self.refuse(key, place)
            return False
        is_several = key in (ALL, EVERY_COST_LINE, EVERY_RISK) or key in self.selection.groups
        if is_several and key not in self.selection.tables:
            cure = "name its members, or use between and rank for the group"
            self.faults.add("RE322", place, key, rule="must name a single task, cost:ID or risk:ID", cure=cure)
            return False
        return True

    def is_known(self, key: str) -> bool:
        """Return whether a key names something that there is."""
        tasks, costs, risks = self.selection.tables, self.sections["costs"], self.sections["risks"]
        if key in tasks:
            return True
        if key.startswith(COST_LINE):
            name = key.removeprefix(COST_LINE)
            return bool(costs) if key == EVERY_COST_LINE else name in costs or name in tasks
        if key.startswith(RISK):
            return bool(risks) if key == EVERY_RISK else key.removeprefix(RISK) in risks
        return bool(tasks) if key == ALL else key in self.selection.groups

    def names(self) -> Iterator[str]:
        """Yield what a correlation may name."""
        yield from self.selection.all
        yield from self.selection.groups
        yield from (f"{COST_LINE}{name}" for name in self.sections["costs"])
        yield from (f"{RISK}{name}" for name in self.sections["risks"])

    def refuse(self, key: str, place: Place) -> None:
        """Report a key that names nothing."""
        behind = [prefix + key for prefix in (COST_LINE, RISK) if self.is_known(prefix + key)]
        cure = f'write "{behind[0]}"' if behind else self.faults.near(key, self.names())
        is_selector = key.startswith(SELECTORS) or key == ALL
        rule = "a selector must select at least one task" if is_selector else ""
        self.faults.add("RE322", place, key, rule=rule, cure=cure)


def check_correlations(scenario: Scenario, hooks: Hooks, faults: Faults, hints: list[str]) -> None:
    """Report correlations of fewer than two members, and what cannot be had; hint at members that do not vary."""
    members = CorrelatedMembers(scenario)
    for name, correlation in scenario.correlations.items():
        group = members.group(correlation)
        if correlation.rank is not None and len(group) < 2:
            faults.add("RE320", ("correlations", name, "between"), ", ".join(group) or "nothing")
        mixed = [member for member in members.of(correlation) if members.has_several_draws(member)]
        if mixed:
            faults.add("RE333", ("correlations", name), first_names(mixed, MOST_NAMED))
        hints += hints_of(name, members.of(correlation), members)
    if hooks.correlations is not None and not faults.all and scenario.correlations:
        for where, issue in hooks.correlations(scenario, hints):
            faults.add(issue.code, ("correlations", *where), as_number(issue.value), rule=issue.rule, cure=issue.cure)


def too_many_members(scenario: Scenario, faults: Faults) -> bool:
    """Report and return whether correlations name more members than can be looked at."""
    members = CorrelatedMembers(scenario)
    count = 0
    for name, correlation in scenario.correlations.items():
        count += sum(len(members.named(key)) for key in correlation.between)
        if count > MOST_MEMBERS:
            rule = f"correlations must have at most {MOST_MEMBERS:,} members in all"
            faults.add("RE103", ("correlations", name, "between"), counted(count, "member"), rule=rule)
            return True
    return False


def as_number(text: str) -> float | str:
    """Return a number that a text shows, so that a fault quotes it as the file has it, or else the text."""
    try:
        return float(text)
    except ValueError:
        return text


def hints_of(name: str, group: Iterable[str], members: CorrelatedMembers) -> list[str]:
    """Return a sentence about members that do not vary, if there are any."""
    certain = [member for member in group if not members.is_uncertain(member)]
    if not certain:
        return []
    what = f"{counted(len(certain), 'member')} without uncertainty, which nothing can go with"
    return [f"correlation {name} has {what}: {first_names(certain, MOST_NAMED)}"]
