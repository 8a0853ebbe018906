"""Which scenarios of a portfolio are shown, and in which order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import Any, Final

from riskengine.report.answers.portfolio import outcome
from riskengine.report.reading import Row

OUTCOMES: Final = ("failed", "refused", "no-go", "undecided", "go", "without gates")
"""The worst first."""

SORTS: Final[Mapping[str, Callable[[Row], Any]]] = MappingProxyType(
    {
        "name": lambda row: row["scenario_key"].casefold(),
        "decision": lambda row: OUTCOMES.index(outcome(row)),
        "chance": lambda row: row.get("chance"),
        "p80": lambda row: row.get("finish_p80"),
        "cost": lambda row: (row["currency"], row["cost_p80"]) if row.get("has_cost") else None,
        "slack": lambda row: row.get("slack_p80"),
    }
)
"""What a portfolio may be sorted by: least, earliest or worst first; costs by currency, then by amount."""

FILTERS: Final[Mapping[str, Callable[[Row], tuple[str | None, ...]]]] = MappingProxyType(
    {
        "decision": lambda row: (outcome(row), outcome(row).replace(" ", "-")),
        "status": lambda row: (row["status"], "unchanged" if row.get("is_unchanged") else "new"),
        "name": lambda row: (row["scenario_key"], row.get("name"), row["scenario"]),
        "project": lambda row: (row.get("project"),),
        "gate": lambda row: tuple(gate[key] for gate in row.get("gates", ()) for key in ("gate", "name")),
        "driver": lambda row: (row.get("driver"), row.get("driver_name")),
    }
)
"""What a portfolio may be filtered by: the texts that a pattern is held against, one of which must match."""

WHOLE_WORDS: Final = ("decision", "status")


class FilterError(ValueError):
    """A filter that says nothing that can be looked for."""


def sorted_rows(rows: Iterable[Row], key: str, is_reversed: bool = False) -> list[Row]:
    """Return rows in an order; what has no value comes last either way, and alike ones keep their order.

    Parameters
    ----------
    rows : iterable of dict
    key : str
        One of :data:`SORTS`.
    is_reversed : bool
        Largest, latest or best first.
    """
    value = SORTS[key]
    pairs = [(value(row), row) for row in rows]
    valued = [(number, row) for number, row in pairs if number is not None]
    valued.sort(key=lambda pair: pair[0], reverse=is_reversed)
    return [row for _, row in valued] + [row for number, row in pairs if number is None]


def parsed_filter(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the key and the patterns of a filter: ``decision=no-go,undecided``, or a decision or name alone.

    Raises
    ------
    FilterError
    """
    key, sign, values = text.partition("=")
    if not sign:
        word = text.strip().casefold()
        key, values = "status" if word in ("unchanged", "new") else "name", text
        if word in OUTCOMES or word.replace("-", " ") in OUTCOMES:
            key = "decision"
    key = key.strip().casefold()
    if key not in FILTERS:
        raise FilterError(f"{text!r} asks for {key!r}; there is {', '.join(FILTERS)}")
    patterns = tuple(pattern.strip().casefold() for pattern in values.split(",") if pattern.strip())
    if not patterns:
        raise FilterError(f"{text!r} names nothing to look for")
    if key == "decision" and (unknown := [name for name in patterns if not _is_outcome(name)]):
        raise FilterError(f"{unknown[0]!r} is no decision; there is {', '.join(OUTCOMES)}")
    return key, patterns


def _is_outcome(pattern: str) -> bool:
    return any(fnmatchcase(name, pattern) for outcome in OUTCOMES for name in (outcome, outcome.replace(" ", "-")))


def filtered_rows(rows: Iterable[Row], filters: Sequence[tuple[str, tuple[str, ...]]]) -> list[Row]:
    """Return the rows that meet every filter; of the patterns of one filter, one must match.

    Parameters
    ----------
    rows : iterable of dict
    filters : sequence of (str, tuple of str)
        What :func:`parsed_filter` returns. Patterns have ``*``, ``?`` and ``[...]``; one of a name without any of them
        matches a part of it. Case does not count.
    """
    return [row for row in rows if all(_meets(row, key, patterns) for key, patterns in filters)]


def _meets(row: Row, key: str, patterns: tuple[str, ...]) -> bool:
    texts = [text.casefold() for text in FILTERS[key](row) if text]
    if key not in WHOLE_WORDS:
        patterns = tuple(pattern if set(pattern) & set("*?[") else f"*{pattern}*" for pattern in patterns)
    return any(fnmatchcase(text, pattern) for text in texts for pattern in patterns)
