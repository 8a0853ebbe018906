"""Tables that are made when they are asked for, each once."""

from collections.abc import Callable, Iterator, Mapping

import pyarrow as pa

Maker = Callable[[], pa.Table]


class LazyTables(Mapping[str, pa.Table]):
    """Tables by name, in the order of their makers; a table that nobody reads is never made.

    Parameters
    ----------
    makers : mapping of str to callable
        What makes each table. A maker is let go when it has made its table, and with the last one what they made the
        tables from.

    Notes
    -----
    The tables of tasks and risks take longer than a short run; who asks a hundred variants of a plan for a date each
    does not wait for them.
    """

    def __init__(self, makers: Mapping[str, Maker]) -> None:
        self._names = tuple(makers)
        self._makers = dict(makers)
        self._made: dict[str, pa.Table] = {}

    def __getitem__(self, name: str) -> pa.Table:
        if name not in self._made:
            self._made[name] = self._makers[name]()
            del self._makers[name]
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return f"LazyTables({', '.join(self._names)})"

    def __reduce__(self) -> tuple[type[dict[str, pa.Table]], tuple[dict[str, pa.Table]]]:
        return dict, (dict(self),)
