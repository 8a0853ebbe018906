"""Labels above a picture, in as many lanes as it takes that none covers another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from riskengine.report.text.notation import cells, fit

LETTER = 6.9
"""Width of a letter on average, in the unit of the pictures; names in wide letters count two."""
SPACE = 14


@dataclass(frozen=True)
class Flag:
    """A label at an upright: `is_left` where it is written to the left of it, `lane` from the top."""

    x: float
    label: str
    kind: str
    is_left: bool = False
    lane: int = 0


def lanes(flags: Sequence[Flag], start: float, end: float) -> tuple[list[Flag], int]:
    """Return the flags with their sides and lanes, and how many lanes there are.

    Parameters
    ----------
    flags : sequence of Flag
    start, end : float
        Between which labels may stand.

    Notes
    -----
    A label stands to the right of its upright where it has room there, else to the left, else on the wider side, cut.
    Where uprights and labels cannot all be kept apart, an upright runs through a label.
    """
    placed: dict[int, Flag] = {}
    for number, flag in sorted(enumerate(flags), key=lambda pair: pair[1].x):
        label, is_left = _fitted(flag, start, end)
        ready = replace(flag, label=label, is_left=is_left)
        placed[number] = replace(ready, lane=_lane(ready, list(placed.values())))
    top = min((flag.lane for flag in placed.values()), default=0)
    flat = [replace(placed[number], lane=placed[number].lane - top) for number in range(len(flags))]
    return flat, max((flag.lane + 1 for flag in flat), default=0)


def _lane(flag: Flag, others: Sequence[Flag]) -> int:
    """The first lane that is free, those above the others included; a new one below all where there is none."""
    lowest = max((other.lane for other in others), default=-1) + 1
    highest = min((other.lane for other in others), default=0) - 1
    lanes = [*range(lowest + 1), *range(-1, highest - 1, -1)]
    return next((lane for lane in lanes if all(_is_free(flag, lane, other) for other in others)), lowest)


def _is_free(flag: Flag, lane: int, other: Flag) -> bool:
    """Whether a flag in a lane touches neither the label of another one nor, below it, its upright."""
    (low, high), (other_low, other_high) = _reach(flag), _reach(other)
    if lane == other.lane:
        return high <= other_low or other_high <= low
    if lane > other.lane:
        return not low < other.x < high
    return not other_low < flag.x < other_high


def _reach(flag: Flag) -> tuple[float, float]:
    width = cells(flag.label) * LETTER + SPACE
    return (flag.x - width, flag.x) if flag.is_left else (flag.x, flag.x + width)


def _fitted(flag: Flag, start: float, end: float) -> tuple[str, bool]:
    width = cells(flag.label) * LETTER + SPACE
    if flag.x + width <= end:
        return flag.label, False
    if flag.x - width >= start:
        return flag.label, True
    is_left = flag.x - start > end - flag.x
    room = int((max(flag.x - start, end - flag.x) - SPACE) / LETTER)
    return fit(flag.label, max(room, 4), "\u2026").rstrip(), is_left
