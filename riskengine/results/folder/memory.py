"""The memory that may be taken: what the user says, or what the machine has free."""

import os
import sys
from pathlib import Path

from riskengine.errors import UsageError

MEMORY_LIMIT = "RISKENGINE_MEMORY_GB"
"""Variable of the environment with the memory that a run may take [GB], in place of what is free."""

GB = 10**9


def memory_limit() -> int | None:
    """Return the memory that a run may take [B]: what the user says, or what is free; None where that is not known.

    Raises
    ------
    UsageError
        When the user says nothing that is a number above 0.
    """
    limit_text = os.environ.get(MEMORY_LIMIT, "")
    if limit_text:
        try:
            value = float(limit_text)
        except ValueError:
            value = 0.0
        if not 0 < value < 1e9:
            raise UsageError(f"{MEMORY_LIMIT} must be a number of GB above 0, got {limit_text[:50]}", "RE911")
        return int(value * GB)
    limits = [free_bytes(), group_bytes(), address_bytes()]
    return min((limit for limit in limits if limit is not None), default=None)


def free_bytes() -> int | None:
    """Return the memory that programs may still take [B], by the word of the kernel; else all of the machine's."""
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    try:
        return int(os.sysconf("SC_PHYS_PAGES")) * int(os.sysconf("SC_PAGE_SIZE"))
    except (AttributeError, OSError, ValueError):
        return None


def group_bytes() -> int | None:
    """Return the memory left to the control group of this process [B], such as a container; None without a limit."""
    for most, used in (
        ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
        ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"),
    ):
        try:
            limit = int(Path(most).read_text(encoding="ascii"))
            return max(0, limit - int(Path(used).read_text(encoding="ascii")))
        except (OSError, ValueError):  # no such file, or the word max
            continue
    return None


def address_bytes() -> int | None:
    """Return the address space that this process may take [B]; None without a limit."""
    if sys.platform == "win32":
        return None
    import resource

    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    return None if limit == resource.RLIM_INFINITY else limit
