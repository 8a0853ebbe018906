"""When items of a tracker look closed in bulk, so that their dates are not when they were done."""

from typing import Final

FEWEST_WARNED: Final = 5
FEWEST_SURE: Final = 10
"""Items on one day from which it is worth a word, and from which it is hardly chance."""

SHARE_WARNED, SHARE_REFUSED = 0.2, 0.4
"""Shares of all done items."""


def may_be_closed_in_bulk(count: int, total: int) -> bool:
    """Return whether so many of all done items on one day are worth a word."""
    return count >= FEWEST_WARNED and count >= SHARE_WARNED * total


def is_closed_in_bulk(count: int, total: int) -> bool:
    """Return whether no pace can be told from items of which so many were done on one day."""
    return count >= FEWEST_SURE and count > SHARE_REFUSED * total
