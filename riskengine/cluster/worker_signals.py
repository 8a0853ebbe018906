"""What workers on this machine load first: an interrupt of the terminal is for the process that they work for."""

import signal


def dask_setup(worker: object) -> None:
    """Ignore the interrupts that a terminal sends to all processes of a command; the command ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
