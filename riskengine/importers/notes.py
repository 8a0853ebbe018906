"""Notes that an import leaves: how many things one statement is about, and the first of them by name."""

from collections.abc import Sequence


def counted_note(statement: str, names: Sequence[str], most: int = 10) -> str:
    """Return a note that counts things and names the first of them."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{len(names)} {statement}: {', '.join(names[:most])}{more}"
