"""What a run needs in memory, and what the machine has: asked before anything is computed."""

from riskengine.engine.blocks.run import Progress
from riskengine.errors import MachineError
from riskengine.errors.counting import counted
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.lost_days import lost_bytes
from riskengine.plan import Plan
from riskengine.results.folder.memory import GB, MEMORY_LIMIT, memory_limit

STARTED_BYTES = 250 * 10**6
"""Memory of the libraries and of a small plan."""

ITERATION_BYTES = 40
TARGET_BYTES = 64
"""Memory for an iteration, and for each target in it, while tables are made: measured with 1 and 9 targets."""

UNLEVELLED_BYTES = 32
"""The same for the iterations without levelling."""

TASK_BYTES = 45_000
"""Memory for each task: dates, floats and costs of one block at least."""

NUMBER_BYTES = 24
"""Memory for a task, a target and a thread: three counts."""

LOSING_ROWS = 24
"""How many times what a thread keeps of lost days is needed while floats are computed from them."""

STORED_BYTES = 8
"""Disk for a value of an iteration."""

TASK_ROW_BYTES, TARGET_ROW_BYTES = 400, 60
"""Disk for a row of the tasks, and of the criticality of one target."""

SAID_BYTES = 2 * 10**9
"""Memory from which a run says what it will take."""


def memory_bytes(plan: Plan, iterations: int, threads: int) -> int:
    """Return about how much memory a run takes at the most [B]."""
    rows = 1 + len(plan.target)
    columns = -(-iterations // BLOCK) * BLOCK
    each = ITERATION_BYTES + TARGET_BYTES * rows
    if plan.unlevelled is not None:
        each += UNLEVELLED_BYTES * rows
    counts = NUMBER_BYTES * rows * len(plan.task) * threads
    losing = 0 if plan.lost is None else LOSING_ROWS * lost_bytes(plan.lost) + threads * lost_bytes(plan.lost)
    return STARTED_BYTES + columns * each + len(plan.task) * TASK_BYTES + counts + losing


def disk_bytes(tasks: int, targets: int, iterations: int) -> int:
    """Return about how much room the results take on the disk [B].

    Notes
    -----
    An iteration is its number, its cost, and the finish of the project and of each target, as an instant and in days.
    """
    rows = 1 + targets
    return iterations * STORED_BYTES * (2 + 2 * rows) + tasks * (TASK_ROW_BYTES + TARGET_ROW_BYTES * rows)


def check_memory(plan: Plan, iterations: int, threads: int, progress: Progress | None, share: float = 1.0) -> None:
    """Refuse a run that does not fit into memory; of a large one, say what it takes.

    Parameters
    ----------
    iterations : int
        At the most.
    share : float
        Part of the memory that is for this run, where others run beside it.

    Raises
    ------
    MachineError
    """
    needed = memory_bytes(plan, iterations, threads)
    disk = disk_bytes(len(plan.task), len(plan.target), iterations)
    limit = memory_limit()
    if limit is not None and needed > limit * share:
        beside = "" if share == 1 else f", {counted(round(1 / share), 'run')} beside one another"
        raise MachineError(
            f"{counted(iterations, 'iteration needs', 'iterations need')} about {needed / GB:.1f} GB of memory, "
            f"and {disk / GB:.1f} GB on the disk where they are written; {limit * share / GB:.1f} GB of memory "
            f"are free for it{beside}",
            "RE914",
            f"ask for fewer iterations, or raise the limit with {MEMORY_LIMIT}",
        )
    if progress is not None and needed > SAID_BYTES:
        message = f"{counted(iterations, 'iteration takes', 'iterations take')} about {needed / GB:.1f} GB of memory"
        progress(0, 0, f"{message}, and {disk / GB:.1f} GB on the disk where they are written")
