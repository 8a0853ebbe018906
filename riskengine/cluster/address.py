"""Where the workers are, as it is written: ``local:4``, or the address of a scheduler of Dask."""

import re
from dataclasses import dataclass
from typing import Final

from riskengine.errors import UsageError, shortened

MOST_WORKERS: Final = 1024
"""Worker processes that may be started on this machine."""
LOCAL: Final = re.compile(r"local:(\d{1,4})")
SCHEDULER: Final = re.compile(r"(?:tcp|tls|ws|wss|ucx)://[A-Za-z0-9._\-\[\]:%]+:\d{1,5}/?")


@dataclass(frozen=True)
class ClusterAddress:
    """Where a run is to be computed.

    Parameters
    ----------
    text : str
        As it was written.
    local_workers : int
        Worker processes to start on this machine; 0 where the scheduler runs already.
    """

    text: str
    local_workers: int

    def __str__(self) -> str:
        return self.text


def cluster_address(text: object) -> ClusterAddress:
    """Return where a run is to be computed.

    Parameters
    ----------
    text : object
        ``local:N``, or ``tcp://HOST:PORT`` and the like.

    Raises
    ------
    UsageError
        RE760.
    """
    written = text.strip() if isinstance(text, str) else ""
    matched = LOCAL.fullmatch(written)
    if matched and 1 <= int(matched[1]) <= MOST_WORKERS:
        return ClusterAddress(written, int(matched[1]))
    if not matched and SCHEDULER.fullmatch(written):
        return ClusterAddress(written, 0)
    reason = f"a cluster must be local:N, N from 1 to {MOST_WORKERS}, or the address of a scheduler of Dask"
    raise UsageError(f"{reason}, got {shortened(str(text))}", "RE760", "write local:4 or tcp://scheduler:8786")
