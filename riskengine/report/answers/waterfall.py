"""What a number is made of, as tables and bars for the terminal, from the plan to the whole run."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Final, NamedTuple

from riskengine.analysis.adding_up import rounded_parts
from riskengine.analysis.shares import Account, Allowance, Part, Shares
from riskengine.errors.counting import counted
from riskengine.report.answers.comparison import INTERVAL, LABELS, bare_signed_money, bracketed
from riskengine.report.text.intervals import bare_signed_days, money_of, signed_days
from riskengine.report.text.layout import GAP, columns, paragraph, table
from riskengine.report.text.naming import is_telling, short
from riskengine.report.text.notation import Show, clean, day, estimate, is_nothing, short_name, with_decimals
from riskengine.results.samples.coalition_sample import Player

SOURCES: Final = {
    "estimates": "estimates",
    "correlation": "correlation",
    "weather": "lost days",
    "existence": "whether tasks exist",
    "levelling": "levelling",
}
"""What players are called that have no id."""
LABEL_WIDTH = 40
FEW_OF_MONEY = 1000
"""Money between plan and whole run from which it is told without cents."""
LEAST_BAR, MOST_BAR = 8, 40
"""Columns of a bar."""
BARS, PLAIN_BARS = ("█", "▒", "│"), ("#", "-", "|")
"""What adds, what takes away, and where plan and whole run are."""


def label_of(player: Player) -> str:
    """Return what a player is called."""
    if player.kind == "risk":
        return clean(player.id)
    return f"{SOURCES[player.kind]} of {clean(player.id)}" if player.id else SOURCES[player.kind]


def order_of(account: Account, shares: Shares) -> list[int]:
    """Return the players in the order of their lines: the largest part first, or as ``greedy`` switched them off."""
    return list(account.removed) if account.removed else by_size(shares)


def by_size(shares: Shares) -> list[int]:
    """Return the players, the largest part first."""
    return sorted(range(len(shares.parts)), key=lambda at: (-abs(shares.parts[at].value), at))


class Line(NamedTuple):
    """A line of a waterfall: a number in whole units of its last digit, and its interval in words."""

    label: str
    number: int
    interval: str


class Lines(NamedTuple):
    """A waterfall: both ends in whole units of the last digit, what lies between, and how many lines are nothing."""

    first: int
    last: int
    between: list[Line]
    left_out: int


def lines_of(account: Account, shares: Shares, digits: int, scale: int = 1) -> Lines:
    """Return a number from the plan to the whole run, rounded so that the lines add up as they are printed.

    Parameters
    ----------
    account : Account
    shares : Shares
    digits : int
        Decimals.
    scale : int
        What the number is multiplied by, such as 100 for points.
    """
    unit = scale * 10**digits
    players = [(line_label(account.actors[at]), shares.parts[at]) for at in order_of(account, shares)]
    steps = [("what else is uncertain", shares.rest), *players, ("several together", shares.interaction)]
    first, last = (round(Fraction(Decimal(repr(value))) * unit) for value in (shares.plan, shares.all))
    sizes = [Fraction(Decimal(repr(part.value))) * unit for _, part in steps]
    numbers = rounded_parts(sizes, last - first)
    lines = [
        Line(label, number, interval_text(part, digits, scale))
        for (label, part), number in zip(steps, numbers, strict=True)
    ]
    of_players = range(1, len(steps) - 1)
    return Lines(first, last, [line for line in lines if line.number], sum(not numbers[at] for at in of_players))


def line_label(player: Player) -> str:
    """Return what a player is called in a line: a risk by id and name."""
    name = f", {clean(player.name)}" if is_telling(player.id, player.name) else ""
    return short_name(f"{label_of(player)}{name}", LABEL_WIDTH)


def digits_of(shares: Shares) -> int:
    """Return how many decimals all lines of a waterfall have."""
    distance = max([abs(shares.all - shares.plan), *(abs(part.value) for part in shares.parts)])
    if shares.measure == "cost":
        return 0 if distance >= FEW_OF_MONEY else 2
    return 1 if distance >= 1 or not distance else 2


def written(number: int, digits: int) -> str:
    """Return a whole number of units of the last digit."""
    return f"{Decimal(number).scaleb(-digits):,.{digits}f}"


def signed(number: int, digits: int) -> str:
    """Return such a number with its sign."""
    return f"{'+' if number >= 0 else ''}{written(number, digits)}"


def interval_text(part: Part, digits: int, scale: int = 1) -> str:
    """Return the interval of a part in brackets, its ends rounded outward."""
    if part.ci_low is not None and part.ci_low == part.ci_high:
        return "exact"
    low = None if part.ci_low is None else with_decimals(scale * part.ci_low, digits, "low")
    high = None if part.ci_high is None else with_decimals(scale * part.ci_high, digits, "high")
    return bracketed(low, high)


def waterfall(account: Account, shares: Shares, currency: str, width: int, has_blocks: bool) -> list[str]:
    """Return one number from the plan to the whole run, a line for each player, with bars where there is room."""
    digits = digits_of(shares)
    lines = lines_of(account, shares, digits)
    unit = (clean(currency) or "money") if shares.measure == "cost" else "working days"
    rows = [
        [f"{LABELS[account.at]} of the {shares.measure}, from the plan on", unit, INTERVAL],
        [end_label(account, shares, "plan"), written(lines.first, digits), ""],
        *([line.label, signed(line.number, digits), line.interval] for line in lines.between),
        [end_label(account, shares, account.at), written(lines.last, digits), ""],
    ]
    room = min(MOST_BAR, width - columns(rows) - len(GAP))
    if room >= LEAST_BAR:
        drawn = bars([lines.first, *(line.number for line in lines.between)], room, BARS if has_blocks else PLAIN_BARS)
        rows = [[*row, bar] for row, bar in zip(rows, ["", *drawn], strict=True)]
    return [*table(rows, width, (1,), heading=True), *left_out_lines(lines, digits, width)]


def left_out_lines(lines: Lines, digits: int, width: int) -> list[str]:
    """Return how many players are not shown, for what they contribute is less than the last digit."""
    if not lines.left_out:
        return []
    verb = "contributes" if lines.left_out == 1 else "contribute"
    text = f"{counted(lines.left_out, 'other')} {verb} {written(0, digits)}, rounded; --json has each."
    return paragraph(text, width, "  ")


def end_label(account: Account, shares: Shares, statistic: str) -> str:
    """Return what an end of a waterfall is called: ``P80, 2 May 2027``."""
    instant = account.instants.get(statistic) if shares.measure == "finish" else None
    return LABELS[statistic] if instant is None else f"{LABELS[statistic]}, {day(instant)}"


def bars(numbers: Sequence[int], room: int, strokes: tuple[str, str, str]) -> list[str]:
    """Return a bar for each step, floating where the steps before it have led, and a mark for either end.

    Parameters
    ----------
    numbers : sequence of int
        The first end, then the steps from there.
    room : int [columns]
    strokes : tuple of str
        As ``BARS``.
    """
    places = list(accumulate(numbers))
    low, high = min(places), max(places)
    scale = (room - 1) / max(1, high - low)
    at = [round((place - low) * scale) for place in places]
    drawn = [" " * at[0] + strokes[2]]
    for before, after, number in zip(at[:-1], at[1:], numbers[1:], strict=True):
        stroke = strokes[0] if number >= 0 else strokes[1]
        drawn.append(" " * min(before, after) + stroke * max(1, abs(after - before)))
    return [*drawn, " " * at[-1] + strokes[2]]


def gate_lines(account: Account, width: int) -> list[str]:
    """Return what each player does to the probability of each gate, in points of a hundred."""
    text: list[str] = []
    for shares in account.gates:
        lines = lines_of(account, shares, digits=1, scale=100)
        rows = [
            [f"Gate {short(shares.statistic)}, from the plan on", "points", INTERVAL],
            ["plan", written(lines.first, 1), ""],
            *([line.label, signed(line.number, 1), line.interval] for line in lines.between),
            ["all together", written(lines.last, 1), ""],
        ]
        text += [*([""] if text else []), *table(rows, width, (1,), heading=True), *left_out_lines(lines, 1, width)]
    return text


def allowance_lines(account: Account, currency: str, width: int) -> list[str]:
    """Return what all risks together take, on average and in 80 of 100 futures at the most."""
    rows = [["All risks together", "on average", INTERVAL, "P80", INTERVAL]]
    for each in account.allowances:
        if not (
            each.measure == "cost" and all(is_nothing(p.value, p.ci_low, p.ci_high) for p in (each.mean, each.p80))
        ):
            rows.append(allowance_row(each, currency))
    note = (
        "What the risks take in a future, from which an allowance for them is measured: each future with all of them, "
        "less the same without any."
    )
    return [*table(rows, width, (1, 3), heading=True), *paragraph(note, width, "  ")]


def allowance_row(allowance: Allowance, currency: str) -> list[str]:
    """Return the line of one measure."""
    is_cost = allowance.measure == "cost"
    show: Show = money_of(currency, is_signed=True) if is_cost else signed_days
    bare: Show = bare_signed_money if is_cost else bare_signed_days
    parts = (allowance.mean, allowance.p80)
    cells = [estimate(part.value, part.ci_low, part.ci_high, show, bare, joined=bracketed) for part in parts]
    return [allowance.measure, *(text for cell in cells for text in cell)]
