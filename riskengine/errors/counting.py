"""How many of something there are, in words."""

from collections.abc import Sequence


def counted(count: float, one: str, many: str = "") -> str:
    """Return a count before its noun, ``1 task`` or ``1,234 tasks``, and what follows it where that changes, too.

    Parameters
    ----------
    count : float
        A whole number; 0 goes with ``many``.
    one : str
        What stands behind 1: ``task``, ``task has``.
    many : str, optional
        What stands behind any other number: ``tasks have``; by default ``one`` and an s.
    """
    return f"{count:,.10g} {one if count == 1 else many or one + 's'}"


def share_of(part: float, whole: float, noun: tuple[str, str], verb: tuple[str, str]) -> str:
    """Return how many of how many do something: ``1 of 5 tasks has``, ``2 of 5 tasks have``.

    Parameters
    ----------
    part, whole : float
        Whole numbers.
    noun, verb : tuple of str
        For one, and for any other number; the verb goes with the part.
    """
    return f"{part:,.10g} of {counted(whole, *noun)} {verb[part != 1]}"


def first_names(names: Sequence[str], most: int, comma: str = ", ") -> str:
    """Return the first names and how many more there are: ``A, B, C and 2 more``."""
    more = len(names) - most
    return comma.join(names[:most]) + (f" and {more} more" if more > 0 else "")
