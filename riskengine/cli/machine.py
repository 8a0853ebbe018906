"""What the machine gives the process, looked at before libraries load that end it without a word in too little."""

import os

STARTING_BYTES = 640 * 2**20
"""Address space that the compiler, the numeric libraries and a small plan take."""

THREAD_BYTES = 2 * 40 * 2**20
"""Address space that the two copies of OpenBLAS, and the stack, reserve for each thread they may start."""

MOST_THREADS = 64
"""Threads that OpenBLAS is built for."""


def check_address_space() -> None:
    """Refuse to load the simulation core where the process may not take the address space for it.

    Raises
    ------
    MachineError
    """
    limit = address_space_limit()
    threads = min(os.cpu_count() or 1, MOST_THREADS)
    needed = STARTING_BYTES + threads * THREAD_BYTES
    if limit is None or limit >= needed:
        return
    from riskengine.errors import MachineError

    words = f"the process may take {limit >> 20} MiB of address space, and needs {needed >> 20} MiB to start"
    raise MachineError(words, "RE913", "raise the limit (ulimit -v)")


def address_space_limit() -> int | None:
    """Return how many bytes of address space the process may take; None without a limit."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    return None if limit == resource.RLIM_INFINITY else limit
