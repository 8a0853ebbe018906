"""Reading and compiling without the search for garbage, which takes as long: what they make is there to stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_search_for_garbage() -> Iterator[None]:
    """Keep Python from looking for circles of objects that nobody needs; as a decorator, for as long as a call takes.

    Notes
    -----
    The more objects a scenario or a plan is made of, the more often Python goes through all of them, and finds nothing.
    Where several threads read at once, it looks again as soon as one of them is done.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
