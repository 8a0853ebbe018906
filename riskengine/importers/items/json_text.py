"""The JSON of trackers as a sheet with the headings of their CSV: Jira's issues, GitHub's issues, a board of Trello."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from riskengine.errors.counting import counted
from riskengine.importers.notes import counted_note
from riskengine.importers.sheets.faults import SheetFaults
from riskengine.scenario.tables.sheets import Sheet, Value

Pairs = list[tuple[str, str]]
"""Headings and texts of one item; a heading with several values stands there several times."""

NAMES: Final = ("displayName", "name", "value", "fullName", "login", "title", "key", "number")
SPRINT: Final = re.compile(r"\[.*?\bname=([^,\]]+)")
JIRA_FIELDS: Final = {
    "summary": "Summary",
    "issuetype": "Issue Type",
    "status": "Status",
    "resolution": "Resolution",
    "priority": "Priority",
    "assignee": "Assignee",
    "resolutiondate": "Resolved",
    "duedate": "Due date",
    "created": "Created",
    "timeoriginalestimate": "Original estimate",
    "timeestimate": "Remaining Estimate",
    "timespent": "Time Spent",
    "labels": "Labels",
    "components": "Components",
    "parent": "Parent key",
    "sprint": "Sprint",
}
UNREAD: Final = frozenset({"description", "comment", "worklog", "attachment", "environment", "body", "comments"})
"""Long texts, private ones among them, that nothing is made of."""

GITHUB_FIELDS: Final = (
    *("number", "title", "state", "state_reason", "stateReason", "assignees", "assignee", "closed_at", "closedAt"),
    *("created_at", "createdAt", "milestone", "labels", "type", "parent", "blocked_by", "blocking"),
)
MOST_MEMORY: Final = 350_000_000
MEMORY: Final = (("{", 184), ("[", 88), (",", 40), ('"', 25))
"""Bytes that go with each of these signs in what is read: measured on empty objects, lists, numbers and short texts."""

GITHUB_ALWAYS: Final = ("number", "title", "state", "closed_at")


def json_sheet(text: str, file: str, faults: SheetFaults) -> Sheet | None:
    """Return the items of a JSON text as a sheet, None after a fault."""
    if memory_of(text) > MOST_MEMORY:
        rule = f"JSON must not take more than {MOST_MEMORY // 10**6} MB of memory to read"
        faults.file("RE896", rule=rule, line=1, cure="export fewer fields or fewer issues, or CSV")
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        faults.file("RE880", rule="the file must be valid JSON", line=line, cure="export it anew: it may be cut off")
        return None
    notes: list[str] = []
    items = _items(data, notes)
    if not items:
        rule = "the JSON must hold issues of Jira or GitHub, or a board of Trello"
        faults.file("RE880", rule=rule, line=1, cure="export CSV, or the issues themselves")
        return None
    for position, pairs in enumerate(items, 1):
        if not any(value.strip() for _, value in pairs):  # as a row it would be taken for an empty one
            rule = "an item must have an id, and this one says nothing"
            faults.file("RE882", rule=rule, line=position, cure="lines count the items of the JSON")
    return _sheet(items, file, notes)


def memory_of(text: str) -> int:
    """Return about how many bytes a JSON text takes once it is read: objects, lists, texts and numbers."""
    return 2 * len(text) + sum(text.count(sign) * size for sign, size in MEMORY)


def _items(data: Any, notes: list[str]) -> list[Pairs]:
    """Return the items of whichever tool wrote the data; none where nobody did."""
    if isinstance(data, Mapping) and isinstance(data.get("cards"), list):
        return _trello(data, notes)
    content = data.get("issues") if isinstance(data, Mapping) else data
    listed: list[Any] = content if isinstance(content, list) else []
    issues = _mappings(listed)
    _note_others(listed, issues, notes)
    if issues and all(isinstance(each.get("fields"), Mapping) for each in issues):
        total = data.get("total") if isinstance(data, Mapping) else None
        is_last = data.get("isLast") if isinstance(data, Mapping) else None
        if (isinstance(total, int) and total > len(issues)) or is_last is False:
            whole = f"{total:,}" if isinstance(total, int) else "more"
            notes.append(
                f"the file is one page of the answer: it has {len(issues):,} of {whole}; the others are missing"
            )
        names = data.get("names") if isinstance(data, Mapping) else None
        endless: list[str] = []
        items = [_jira(each, names if isinstance(names, Mapping) else {}, endless) for each in issues]
        if endless:
            notes.append(counted_note("relationship|relationships without another item left out", endless))
        return items
    if issues and all("number" in each and "title" in each for each in issues):
        requests = [each for each in issues if each.get("pull_request")]
        if requests:
            notes.append(f"{counted(len(requests), 'pull request is', 'pull requests are')} left out: no items")
        return [_github(each) for each in issues if not each.get("pull_request")]
    return []


def _jira(issue: Mapping[str, Any], names: Mapping[str, Any], endless: list[str]) -> Pairs:
    """Return what an issue of Jira's REST interface says.

    Parameters
    ----------
    issue : mapping
    names : mapping
        What the administrator calls the fields, where the file has it (``expand=names``).
    endless : list of str
        Items of relationships that name no other item, which are added to it.
    """
    fields: Mapping[str, Any] = issue["fields"]
    pairs = [("Issue key", _text(issue.get("key"))), ("Issue id", _text(issue.get("id")))]
    for name, value in fields.items():
        if name == "parent":
            pairs.append(("Parent key", _text(value.get("key") if isinstance(value, Mapping) else value)))
        elif name in JIRA_FIELDS:
            pairs += [(JIRA_FIELDS[name], _text(each)) for each in _listed(value)]
        elif name == "issuelinks":
            for relationship in _listed(value):
                ends = _jira_relationship(relationship)
                pairs += ends
                endless += [] if ends else [pairs[0][1]]
        elif name not in UNREAD and isinstance(name, str):
            heading = f"Custom field ({_text(names.get(name))})" if _text(names.get(name)) else name
            pairs += _jira_custom(heading, value)
    status = fields.get("status")
    category = status.get("statusCategory") if isinstance(status, Mapping) else None
    pairs.append(("Status Category", _text(category)))
    return [*pairs, *((heading, "") for heading in ("Summary", "Issue Type", "Status"))]


def _jira_custom(name: str, value: Any) -> Pairs:
    """Return a field of the administrator's: sprints are told by their form, others by a map that names them."""
    pairs = []
    for each in _listed(value):
        old = SPRINT.search(each) if isinstance(each, str) and "greenhopper" in each else None
        if old is not None:
            pairs.append(("Sprint", old[1]))
        elif isinstance(each, Mapping) and "boardId" in each:
            pairs.append(("Sprint", _text(each)))
        else:
            pairs.append((name, _text(each)))
    return pairs


def _jira_relationship(relationship: Any) -> Pairs:
    """Return a relationship of an issue, with its type and its direction; nothing where it names no other item."""
    ends = (("outwardIssue", "Outward issue link"), ("inwardIssue", "Inward issue link"))
    content: Mapping[str, Any] = relationship if isinstance(relationship, Mapping) else {}
    kind = _text(content.get("type"))
    return [
        (f"{heading} ({kind})", _text(content[end].get("key")))
        for end, heading in ends
        if isinstance(content.get(end), Mapping) and _text(content[end].get("key"))
    ]


def _github(issue: Mapping[str, Any]) -> Pairs:
    """Return what an issue of GitHub says."""
    pairs = [(heading, "") for heading in GITHUB_ALWAYS]
    for name in GITHUB_FIELDS:
        if name == "assignee" and issue.get("assignees"):
            continue
        pairs += [(name, _text(each)) for each in _listed(issue.get(name))]
    milestone = issue.get("milestone")
    if isinstance(milestone, Mapping):
        pairs.append(("due_on", _text(milestone.get("due_on") or milestone.get("dueOn"))))
    return pairs


def _trello(board: Mapping[str, Any], notes: list[str]) -> list[Pairs]:
    """Return the cards of a board; archived ones, of which nobody knows whether they were done, are left out."""
    lists = {each["id"]: each for each in _mappings(board.get("lists")) if isinstance(each.get("id"), str)}
    members = {_text(each.get("id")): _text(each) for each in _mappings(board.get("members"))}
    items, archived = [], []
    cards = _mappings(board.get("cards"))
    _note_others(board["cards"], cards, notes)
    for card in cards:
        place = card.get("idList")
        home = lists.get(place, {}) if isinstance(place, str) else {}
        if card.get("closed") or home.get("closed"):
            archived.append(_text(card.get("idShort") or card.get("id")))
            continue
        pairs = [
            ("Card", _text(card.get("idShort") or card.get("id"))),
            ("Card name", _text(card.get("name"))),
            ("Card state", "Done" if card.get("dueComplete") else ""),
            ("List", _text(home)),
            ("Card due", _text(card.get("due"))),
            ("Card start", _text(card.get("start"))),
        ]
        pairs += [("Card labels", _text(each)) for each in _listed(card.get("labels"))]
        pairs += [("Members", members[each]) for each in map(_text, _listed(card.get("idMembers"))) if each in members]
        items.append(pairs)
    if archived:
        notes.append(f"{counted(len(archived), 'archived card is', 'archived cards are')} left out")
    return items


def _note_others(listed: list[Any], items: list[Mapping[str, Any]], notes: list[str]) -> None:
    """Say how many elements of a list are no items."""
    if len(items) < len(listed):
        notes.append(f"{counted(len(listed) - len(items), 'element')} of the JSON are no items and are left out")


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    """Return the objects of a list."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _listed(value: Any) -> list[Any]:
    """Return a value as a list: none of nothing, one of anything but a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    """Return the text of a value: of an object, what people call it."""
    if isinstance(value, Mapping):
        return next((_text(value[name]) for name in NAMES if isinstance(value.get(name), str | int)), "")
    if value is None or isinstance(value, list):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _sheet(items: Iterable[Pairs], file: str, notes: list[str]) -> Sheet:
    """Return items as rows, as many columns of one heading as an item has values of it; lines count the items."""
    listed = list(items)
    most: Counter[str] = Counter()
    for pairs in listed:
        for heading, count in Counter(heading for heading, value in pairs if value).items():
            most[heading] = max(most[heading], count)
        for heading, _ in pairs:
            most.setdefault(heading, 1)
    first: dict[str, int] = {}
    headings: list[Value] = []
    for heading, count in most.items():
        first[heading] = len(headings)
        headings += [heading] * max(count, 1)
    rows: list[list[Value]] = [headings]
    for pairs in listed:
        row: list[Value] = [None] * len(headings)
        filled: Counter[str] = Counter()
        for heading, value in pairs:
            if value:
                row[first[heading] + filled[heading]] = value
                filled[heading] += 1
        rows.append(row)
    return Sheet(file, "", rows, [1, *range(1, len(rows))], notes=notes)
