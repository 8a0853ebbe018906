"""What the machine gives the process, looked at before libraries load that end it without a word in too little."""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from riskengine.model import Scenario

LEAST_BYTES = 96 * 2**20
"""Address space below which not even ``check`` has room for its libraries: it ends in any of their ways, or aborts."""

STARTING_BYTES = 640 * 2**20
"""Address space that the compiler, the numeric libraries and a small plan take."""

THREAD_BYTES = 2 * 40 * 2**20
"""Address space that the two copies of OpenBLAS, and the stack, reserve for each thread they may start."""

MOST_THREADS = 64
"""Threads that OpenBLAS is built for."""

MORE_ADDRESS_SPACE = "raise the limit (ulimit -v)"
"""The cure of RE913."""


def check_address_space() -> None:
    """Refuse to load the simulation core where the process may not take the address space for it.

    Raises
    ------
    MachineError
    """
    threads = min(os.cpu_count() or 1, MOST_THREADS)
    lack = lack_of_address_space(STARTING_BYTES + threads * THREAD_BYTES)
    if lack:
        from riskengine.errors import MachineError

        raise MachineError(lack, "RE913", MORE_ADDRESS_SPACE)


def lack_of_address_space(needed: int) -> str:
    """Return what the process lacks, in words; empty where it may take the bytes that are needed."""
    from riskengine.results.folder.memory import address_bytes

    limit = address_bytes()
    if limit is None or limit >= needed:
        return ""
    return f"the process may take {limit >> 20} MiB of address space, and needs {needed >> 20} MiB to start"


def check_disk(folder: Path, scenario: "Scenario", iterations: int) -> None:
    """Refuse a run whose results do not fit onto the disk beside those that they replace.

    Raises
    ------
    MachineError
    """
    from riskengine.engine.blocks.needs import disk_bytes
    from riskengine.errors import MachineError
    from riskengine.results.folder.claim import full_path

    path = full_path(folder)
    place = next(place for place in (path, *path.parents) if place.is_dir())
    free_bytes = shutil.disk_usage(place).free
    needed = disk_bytes(len(scenario.tasks), len(scenario.targets), iterations)
    if needed > free_bytes:
        from riskengine.errors.counting import counted

        many = counted(iterations, "iteration takes", "iterations take")
        lack = f"the results of {many} {_megabytes(needed)}, and {_megabytes(free_bytes)} are free"
        raise MachineError(f"{lack} on the disk of {place}", "RE914", "write elsewhere (-o), or not (--no-write)")


def _megabytes(count: int) -> str:
    """Return bytes in MB, or in GB from one on."""
    from riskengine.results.folder.memory import GB

    return f"{count / GB:,.1f} GB" if count >= GB else f"{1000 * count / GB:,.1f} MB"
