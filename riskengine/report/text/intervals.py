"""Values with their intervals, as people read them: how each kind is written, and its ends outward."""

from riskengine.report.reading import PROJECT, Row
from riskengine.report.text.notation import (
    End,
    Show,
    chance,
    clean,
    confidence_in_hundred,
    days,
    estimate,
    is_nothing,
    limit,
    moment,
    money,
)


def effect(
    row: Row,
    name: str,
    none: str,
    show: Show,
    show_end: Show,
    at: str,
) -> list[str]:
    """An effect and its interval; what a risk cannot change at all has neither sign nor doubt."""
    value, low, high = (row[f"{name}{end}"] for end in ("", "_ci_low", "_ci_high"))
    if is_nothing(value, low, high):
        return [none, ""]
    value_text, spread = estimate(value, low, high, show, show_end)
    return [value_text + at, spread]


def chances(low: float, high: float, against: float | None = None) -> str:
    """The ends of the interval of a probability."""
    return f"{chance(low, against, 'low')} to {chance(high, against, 'high')}"


def plain_days(value: float, finer: int, end: End) -> str:
    """Working days of an estimate."""
    return days(value, digits=1 + finer, end=end)


def signed_days(value: float, finer: int, end: End) -> str:
    """Working days that are added or saved."""
    return days(value, True, 1 + finer, end)


def bare_days(value: float, finer: int, end: End) -> str:
    """Working days without their unit."""
    return days(value, digits=1 + finer, end=end, unit="")


def bare_signed_days(value: float, finer: int, end: End) -> str:
    """Days that are added or saved, without their unit."""
    return days(value, True, 1 + finer, end, unit="")


def bare_money(value: float, finer: int, end: End) -> str:
    """Money without its currency."""
    return money(value, "", finer=finer, end=end)


def money_of(currency: str, is_signed: bool = False) -> Show:
    """How money of a currency is written."""
    return lambda value, finer, end: money(value, currency, is_signed, finer, end)


def gate_wish(gate: Row, currency: str) -> str:
    """What a gate asks for, in short: ``by 10 Nov 2028, 17,800,000 EUR``."""
    who = "" if gate["target"] == PROJECT else f"{clean(gate['target'])} "
    parts = [f"{who}by {moment(gate['finish'])}"] if gate["finish"] is not None else []
    parts += [limit(gate["cost"], currency)] if gate["cost"] is not None else []
    return ", ".join(parts)


def gate_chance(gate: Row) -> tuple[str, str, str]:
    """The chance of a gate, its interval, and the chance that was asked for."""
    wanted = gate["confidence"]
    return (
        chance(gate["probability"], wanted),
        chances(gate["ci_low"], gate["ci_high"], wanted),
        f"{confidence_in_hundred(wanted)}%",
    )


def value_of(row: Row, name: str, show: Show, show_end: Show) -> tuple[str, str]:
    """An estimate of a row, and its interval."""
    low, high = (row[f"{name}_{end}" if name else end] for end in ("ci_low", "ci_high"))
    return estimate(row[name or "value"], low, high, show, show_end)


def calendar_days(value: float, finer: int, end: End) -> str:
    """Calendar days that are left, or are beyond."""
    return days(value, True, 1 + finer, end, unit="days")
