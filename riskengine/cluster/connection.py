"""The way to the workers: processes of a cluster of our own on this machine, or a scheduler that runs somewhere."""

import contextlib
import importlib.util
import logging
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from riskengine.cluster.address import ClusterAddress
from riskengine.errors import MachineError, RiskengineError

CONNECT_SECONDS: Final = 20
"""How long a scheduler has to answer, and to have a worker."""
LOOK: Final = 0.5
"""Seconds between two looks at the workers' parts, so that an interrupt is heard."""
LONELY_SECONDS: Final = 60
"""How long a run waits for workers to come back when there is none."""
CURE: Final = "run pip install '.[cluster]' in riskengine's own folder"

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Connection:
    """A client of a Dask scheduler that has at least one worker.

    Parameters
    ----------
    address : ClusterAddress
    client : distributed.Client
    executor : concurrent.futures.Executor
        The client's own.
    """

    address: ClusterAddress
    client: Any
    executor: Executor

    @property
    def threads(self) -> int:
        """How many tasks the workers do at once."""
        return max(1, sum(map(int, self.client.nthreads().values())))

    @property
    def memory_share(self) -> float:
        """The part of a machine's memory that is for one task, where others run beside it on the same machine."""
        hosts: Counter[str] = Counter()
        for worker, threads in self.client.nthreads().items():
            hosts[worker.rpartition(":")[0]] += threads
        return 1 / max(hosts.values(), default=1)

    def answers(self, works: Iterable[tuple[Any, ...]], at_once: int) -> Iterator[tuple[int, Any]]:
        """Yield what each work gives, with its place among them, in the order in which they end.

        Parameters
        ----------
        works : iterable of tuple
            A function that the workers can import, and its arguments.
        at_once : int
            Works that are on their way at any time; the others wait here.

        Raises
        ------
        MachineError
            RE763 when the scheduler or the workers are lost.
        RiskengineError
            Whatever a work raises.
        """
        waiting = enumerate(works)
        active: dict[Future[Any], int] = {}
        last_worker = time.monotonic()
        try:
            while True:
                for index, (function, *arguments) in waiting:
                    active[self.submit(function, *arguments)] = index
                    if len(active) >= at_once:
                        break
                if not active:
                    return
                finished, _ = wait(active, LOOK, FIRST_COMPLETED)
                if finished or self._has_workers():
                    last_worker = time.monotonic()
                elif time.monotonic() - last_worker > LONELY_SECONDS:
                    raise self._loss("no worker is left")
                for future in finished:
                    yield active.pop(future), self.answer_of(future)
        finally:
            for future in active:
                future.cancel()

    def submit(self, function: Callable[..., Answer], *arguments: object) -> "Future[Answer]":
        """Hand a call over to the workers."""
        try:
            return self.executor.submit(function, *arguments)
        except (OSError, RuntimeError) as error:
            raise self._loss(type(error).__name__) from error

    def _has_workers(self) -> bool:
        try:
            return bool(self.client.nthreads())
        except (OSError, RuntimeError) as error:
            raise self._loss(type(error).__name__) from error

    def answer_of(self, future: "Future[Answer]") -> Answer:
        """Return what a call gave, or raise what it raised, the loss of the workers as such."""
        try:
            return future.result()
        except RiskengineError:
            raise
        except (ImportError, AttributeError) as error:
            reason = f"the workers cannot load riskengine: {error}"
            raise MachineError(reason, "RE764", "install the same version on all machines") from error
        except (CancelledError, Exception) as error:
            if not isinstance(error, CancelledError) and not type(error).__module__.startswith("distributed"):
                raise
            raise self._loss(type(error).__name__) from error

    def _loss(self, cause: str) -> MachineError:
        reason = f"the cluster {self.address.text} was lost in the middle of a run ({cause})"
        return MachineError(reason, "RE763", "see what became of its scheduler and workers, then start again")


@contextlib.contextmanager
def connected(address: ClusterAddress) -> Iterator[Connection]:
    """Hold a connection to workers; those of this machine are started, and ended at the end.

    Parameters
    ----------
    address : ClusterAddress

    Raises
    ------
    MachineError
        RE761 when the library is not installed, RE762 when there is no scheduler or no worker.

    Notes
    -----
    Whoever can reach a scheduler of Dask can run code with its workers. The scheduler that is started here listens on
    this machine alone, and speaks TLS with certificates that are made for it: other users of the machine stay out.
    """
    if importlib.util.find_spec("distributed") is None or importlib.util.find_spec("cryptography") is None:
        raise MachineError("distributed is not installed, with which Dask shares out work", "RE761", CURE)
    import distributed  # which sets up its log

    with contextlib.ExitStack() as stack:
        stack.enter_context(_silence())
        try:
            if address.local_workers:
                place, security = _start(distributed, stack, address.local_workers)
            else:
                place, security = address.text, None
            client = stack.enter_context(_client(distributed, place, security))
            client.wait_for_workers(max(1, address.local_workers), timeout=CONNECT_SECONDS)
        except (OSError, TimeoutError, ValueError) as error:
            reason = f"the cluster {address.text} has no scheduler that answers, or no worker: {_first_line(error)}"
            raise MachineError(reason, "RE762", "see whether it runs, and whether this machine reaches it") from error
        yield Connection(address, client, client.get_executor(pure=False))


def _client(library: Any, place: Any, security: Any) -> Any:
    return library.Client(place, security=security, timeout=CONNECT_SECONDS, set_as_default=False)


def _start(library: Any, stack: contextlib.ExitStack, workers: int) -> tuple[Any, Any]:
    """Start a scheduler with workers on this machine, ended when the stack is closed."""
    security = library.Security.temporary()
    with _quiet_tracker(), _interrupts_ignored():
        cluster = library.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            protocol="tls://",
            security=security,
            dashboard_address=None,
            memory_limit=0,  # riskengine asks for memory itself, before it computes
            silence_logs=logging.CRITICAL,
            preload=["riskengine.cluster.worker_signals"],
        )
    return stack.enter_context(cluster), security


@contextlib.contextmanager
def _quiet_tracker() -> Iterator[None]:
    """Have the process that Python starts beside workers say nothing of semaphores: interrupted runs leave at once."""
    name, before = "PYTHONWARNINGS", os.environ.get("PYTHONWARNINGS")
    os.environ[name] = ",".join(filter(None, (before, "ignore::UserWarning:multiprocessing.resource_tracker")))
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(name)
        else:
            os.environ[name] = before


@contextlib.contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Start processes that ignore the interrupts of the terminal, which they would answer with tracebacks."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Keep the library's log off stderr, which is for progress: what goes wrong is raised."""
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] == "distributed"]
    levels = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]
