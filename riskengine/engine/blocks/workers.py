"""Threads that share blocks out among themselves, chunk by chunk, and stop together."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence

WAIT_SECONDS = 0.05


class Chunks:
    """Blocks that any thread may ask for, a few at a time, until all are taken or somebody says stop.

    Parameters
    ----------
    count : int
        Blocks in all.
    size : int
        Blocks that are taken at a time.
    """

    def __init__(self, count: int, size: int) -> None:
        self.count, self.size = count, size
        self.taken = self.done = 0
        self.lock = threading.Lock()
        self.is_stopped = False

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Yield ranges of blocks, first and last, that nobody else gets; the last is left out."""
        while not self.is_stopped:
            with self.lock:
                first = self.taken
                self.taken = last = min(self.count, first + self.size)
            if first >= last:
                return
            yield first, last

    def note_done(self, blocks: int) -> None:
        """Count blocks as done."""
        with self.lock:
            self.done += blocks

    def stop(self) -> None:
        """Hand out no more."""
        self.is_stopped = True


def run_threads(works: Sequence[Callable[[], None]], report: Callable[[], None], stop: Callable[[], None]) -> None:
    """Run each of some works on a thread of its own, and wait for them all.

    Parameters
    ----------
    works : sequence of callables
    report : callable
        Called from this thread from time to time.
    stop : callable
        Called once a work has failed, or this thread is interrupted, as by Ctrl-C: it makes the works end soon.

    Raises
    ------
    BaseException
        What a work raised first.
    """
    failures: list[BaseException] = []

    def run_guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as reason:  # handed over to the thread that asked
            failures.append(reason)
            stop()

    workers = [threading.Thread(target=run_guarded, args=(work,), daemon=True) for work in works]
    try:
        for worker in workers:
            worker.start()
        reported_at = time.monotonic()
        for worker in workers:
            while worker.is_alive():
                worker.join(WAIT_SECONDS)
                if time.monotonic() - reported_at > WAIT_SECONDS:
                    reported_at = time.monotonic()
                    report()
    finally:
        stop()
        for worker in workers:
            worker.join()
    if failures:
        raise failures[0]
