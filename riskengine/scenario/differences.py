"""What one scenario says otherwise than another, from the resolved forms of both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import Any, Final, Literal

from riskengine.model import Scenario
from riskengine.model.estimate import SHAPES, Several
from riskengine.model.estimate.words import in_words
from riskengine.model.fields import Amount, Entities, Instant, Number, Table
from riskengine.model.format import FORMAT
from riskengine.scenario.resolve import resolve
from riskengine.scenario.sections.constraints import ENDS
from riskengine.scenario.text.paths import dotted
from riskengine.scenario.values.shifts import DAYS

Group = Literal[
    "progress", "logic", "durations", "risks", "calendars", "resources", "cost", "gates", "names and records"
]
Kind = Literal["added", "removed", "changed"]

Path = tuple[str, ...]
"""Keys from an entity down to a value; from the scenario where there is no entity."""

GROUPS: Final[tuple[Group, ...]] = (
    "progress",
    "logic",
    "durations",
    "risks",
    "calendars",
    "resources",
    "cost",
    "gates",
    "names and records",
)
"""In the order in which they are told; no date and no cost depends on the last two."""

RECORDS: Final = MappingProxyType(dict.fromkeys(("name", "description", "owner", "imported"), "names and records"))
OF_SCENARIO: Final[Mapping[str, Group]] = MappingProxyType(
    {
        **dict.fromkeys(("start", "data_date", "project_start"), "progress"),
        **dict.fromkeys(("calendar", "lag_calendar"), "calendars"),
        **dict.fromkeys(
            ("schema", "name", "project", "description", "currency", "imported", "wbs"), "names and records"
        ),
        "minimum_duration": "durations",
        "targets": "gates",
        "schedule": "logic",
        "levelling": "resources",
    }
)
"""Which group a key of the scenario itself belongs to."""
OF_SECTION: Final[Mapping[str, Group]] = MappingProxyType(
    {
        "tasks": "logic",
        "backlogs": "logic",
        "branches": "logic",
        "rework": "logic",
        "learning": "durations",
        "risks": "risks",
        "exclusive": "risks",
        "actions": "risks",
        "correlations": "durations",
        "calendars": "calendars",
        "resources": "resources",
        "costs": "cost",
        "indices": "cost",
        "damages": "cost",
        "bonuses": "cost",
        "gates": "gates",
        "changes": "names and records",
        "projects": "names and records",
    }
)
"""Which group entities belong to, and their fields but for those below; in the order in which sections are told."""
OF_FIELD: Final[Mapping[str, Mapping[str, Group]]] = MappingProxyType(
    {
        "tasks": MappingProxyType(
            {
                **dict.fromkeys(("actual_start", "actual_finish", "remaining", "resume"), "progress"),
                **dict.fromkeys(("remaining_work", "remaining_quantity"), "progress"),
                **dict.fromkeys(("resources", "priority"), "resources"),
                **dict.fromkeys(("duration", "margin", "early_finish_passed_on"), "durations"),
                **dict.fromkeys(("work", "people", "productivity", "quantity", "rate_per_day"), "durations"),
                "calendar": "calendars",
                "cost": "cost",
            }
        ),
        "backlogs": MappingProxyType(
            {
                **dict.fromkeys(("actual_start", "actual_finish", "resume"), "progress"),
                **dict.fromkeys(("resources", "priority"), "resources"),
                **dict.fromkeys(("items", "history", "period", "growth", "focus", "added"), "durations"),
                **dict.fromkeys(("finish", "sampling", "early_finish_passed_on"), "durations"),
                "calendar": "calendars",
                "cost": "cost",
            }
        ),
        "resources": MappingProxyType({"rate": "cost"}),
    }
)
"""Which group a field belongs to that does not go with its entity; names and records never do."""


@dataclass(frozen=True)
class Difference:
    """One thing that a scenario says otherwise.

    Attributes
    ----------
    group : str
        One of ``GROUPS``.
    section, id, name : str
        Of the entity: ``tasks``, its id, what it is called. The scenario itself has none of them.
    field : str
        Path of what differs within the entity, such as ``impacts.build.delay``; empty for an entity as a whole.
    kind : str
        ``added``, ``removed`` or ``changed``.
    before, after : object
        As the resolved forms have it; None for what is not there.
    before_text, after_text : str
        The same for people, not cleaned; empty for what is not there.
    """

    group: Group
    section: str
    id: str
    name: str
    field: str
    kind: Kind
    before: Any
    after: Any
    before_text: str
    after_text: str


def differences(before: Scenario, after: Scenario) -> list[Difference]:
    """Return all that differs, by group, section, id and field; nothing where the resolved forms are the same."""
    old, new = resolve(before), resolve(after)
    currency = after.currency
    result = [*_of_scenario(old, new, currency), *_of_entities(old, new, currency)]
    return sorted(result, key=lambda each: GROUPS.index(each.group))  # the sort keeps the order within a group


def group_of(section: str, field: str) -> Group:
    """Return which group the field of an entity belongs to."""
    if field in RECORDS:
        return "names and records"
    return OF_FIELD.get(section, {}).get(field, OF_SECTION[section])


def _of_scenario(old: dict[str, Any], new: dict[str, Any], currency: str) -> Iterator[Difference]:
    """Yield what differs of the scenario itself."""
    for key in (*old, *(key for key in new if key not in old)):
        if key in OF_SECTION:
            continue
        for field, one, other in _leaves(old.get(key), new.get(key), (key,)):
            yield _difference(OF_SCENARIO[key], ("", "", ""), field, (one, other), currency)


def _of_entities(old: dict[str, Any], new: dict[str, Any], currency: str) -> Iterator[Difference]:
    """Yield what differs of entities, section by section."""
    for section in OF_SECTION:
        before, after = old.get(section, {}), new.get(section, {})
        for id in sorted(before.keys() | after.keys()):
            pair = (before.get(id), after.get(id))
            entity = pair[0] if pair[1] is None else pair[1]
            where = (section, id, str(entity.get("name", "")))
            if None in pair:
                yield _difference(OF_SECTION[section], where, (), pair, currency)
                continue
            there = pair[0].keys() | pair[1].keys()
            fields = [field for field in FORMAT[section] if field in there]
            assert there == set(fields), f"{section}: a key that the format does not have"
            for field in fields:
                for path, one, other in _leaves(pair[0].get(field), pair[1].get(field), (field,)):
                    yield _difference(group_of(section, field), where, path, (one, other), currency)


def _leaves(before: Any, after: Any, path: Path) -> Iterator[tuple[Path, Any, Any]]:
    """Yield where two values differ, as deep as both are tables: path, and either value."""
    if before == after:
        return
    one, other = _as_table(before), _as_table(after)
    if one is None or other is None:
        yield path, before, after
        return
    for key in (*one, *(key for key in other if key not in one)):
        yield from _leaves(one.get(key), other.get(key), (*path, key))


def _as_table(value: Any) -> dict[str, Any] | None:
    """Return a value that is compared part by part: tables but for estimates, weeks, relationships."""
    if isinstance(value, dict):
        return None if "shape" in value else value
    if isinstance(value, list) and [str(each)[:4] for each in value] == [f"{day} " for day in DAYS]:
        return dict(each.split(" ", 1) for each in value)
    if isinstance(value, list) and value and all(isinstance(each, dict) and "task" in each for each in value):
        table: dict[str, Any] = {}
        for each in value:
            key = name = f"{each['task']} {each['type']}"
            count = 1
            while key in table:
                count += 1
                key = f"{name} {count}"
            others = {field: part for field, part in each.items() if field not in ("task", "type")}
            table[key] = each["lag"] if set(others) == {"lag"} else others
        return table
    return {} if value is None or value == [] else None


def _difference(
    group: Group, where: tuple[str, str, str], field: Path, pair: tuple[Any, Any], currency: str
) -> Difference:
    """Return one difference with its texts."""
    section, id, name = where
    kind: Kind = "changed"
    if len(field) != 1:  # an entity, or a part of a table, that is not there was added or removed
        kind = "added" if pair[0] is None else "removed" if pair[1] is None else "changed"
    if field:
        texts = [text_of(section, field, each, currency) for each in pair]
    else:
        texts = ["" if each is None else summary(section, each, currency) for each in pair]
    return Difference(
        group=group,
        section=section,
        id=id,
        name=name,
        field=dotted(field),
        kind=kind,
        before=pair[0],
        after=pair[1],
        before_text=texts[0],
        after_text=texts[1],
    )


SUMMARIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "tasks": ("duration", "work", "people", "quantity", "rate_per_day", "after", "cost"),
        "backlogs": ("items", "growth", "focus", "after", "cost"),
        "risks": ("probability", "impacts"),
        "costs": ("fixed", "rate", "index"),
        "indices": ("base", "values", "rate"),
        "gates": ("target", "finish", "cost", "confidence"),
        "resources": ("rate", "capacity"),
        "actions": ("cost", "effects"),
        "damages": ("target", "date", "rate", "per", "most"),
        "bonuses": ("target", "date", "rate", "per", "most"),
        "changes": ("who", "when", "why"),
    }
)
"""Fields by which an entity is introduced that was added or removed."""


def summary(section: str, entity: dict[str, Any], currency: str) -> str:
    """Return an entity in a line: the fields that say most of it, all for a kind that has no list of them."""
    fields = SUMMARIES.get(section, tuple(key for key in entity if key not in RECORDS))
    parts = []
    for field in fields:
        value = entity.get(field)
        if value is not None and value not in ([], {}, ""):
            parts.append(f"{field.replace('_', ' ')} {text_of(section, (field,), value, currency)}")
    return "; ".join(parts)


def text_of(section: str, field: Path, value: Any, currency: str) -> str:
    """Return a value of a field for people; what is not there has the default of the field, or no text."""
    entry = FORMAT[section].get(field[0]) if len(field) == 1 else None
    if value is None:
        default = None if entry is None else entry.default
        return _plain(default, entry) if isinstance(default, str | int | float) else ""
    if isinstance(value, dict) and "shape" in value:
        return in_words(_estimate(value), currency if _is_money(section, field) else "")
    table = _as_table(value)
    if table:
        texts = ((key, text_of(section, (*field, key), each, currency)) for key, each in table.items())
        return ", ".join(f"{key} {text}".strip() for key, text in texts)
    if isinstance(value, list | dict):
        return ", ".join(_part(field[-1], each) for each in value)
    return _plain(value, entry)


def _part(key: str, value: Any) -> str:
    """Return an element of a list: a table by its keys and values."""
    if not isinstance(value, dict):
        return str(value)
    if key == "constraints":
        return _constraint(value)
    return " ".join(f"{each} {_plain(part, None)}" for each, part in value.items())


def _constraint(value: dict[str, Any]) -> str:
    """Return a constraint as people name it: ``FNLT 2027-03-20``; ALAP has no date."""
    date = value.get("date")
    return value["type"] if date is None else f"{value['type']} {_moment(date, is_end=value['type'] in ENDS)}"


def _is_money(section: str, field: Path) -> bool:
    """Return whether an estimate is of money: its field is declared so, at whatever depth it stands."""
    keys = list(field)
    while keys:
        entry = FORMAT[section].get(keys.pop(0))
        match entry.field if entry is not None else None:
            case Amount(purpose=purpose):
                return purpose == "money"
            case Entities(section=inner):
                section, keys = inner, keys[1:]
            case Table(section=inner):
                section = inner
            case _:
                return False
    return False


def _plain(value: Any, entry: Any) -> str:
    """Return a single value: a share in percent, an instant as files have it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        is_share = entry is not None and isinstance(entry.field, Number) and entry.field.is_share
        return f"{100 * value:.12g}%" if is_share else f"{value:,.12g}"
    text = str(value)
    if len(text) == len("2027-03-01T00:00:00") and text[10] == "T" and text[4] == text[7] == "-":
        field = None if entry is None else entry.field
        return _moment(text, is_end=isinstance(field, Instant) and field.ends)
    return text


def _moment(text: str, is_end: bool) -> str:
    """Return an instant as a file would have it: a day alone where it begins one or, of an end, ends one."""
    moment = datetime.fromisoformat(text)
    if moment.time() != time():
        return text.replace("T", " ").removesuffix(":00")
    return (moment.date() - timedelta(days=1 if is_end else 0)).isoformat()


def _estimate(document: dict[str, Any]) -> Any:
    """Return an estimate of the resolved form; it was checked when it was read."""
    kind = SHAPES[document["shape"]].model
    values: dict[str, Any] = {}
    for key, value in document.items():
        name = "lambda_" if key == "lambda" else key
        values[name] = tuple(value) if isinstance(value, list) else value
    if issubclass(kind, Several):
        values["of"] = tuple(_estimate(part) for part in document["of"])
    return kind.model_construct(**values)
