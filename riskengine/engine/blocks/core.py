"""Getting the compiled core ready: from the cache, or by compiling it, with a word to whoever waits."""

import shutil
import threading
from pathlib import Path

from riskengine.engine.blocks.run import Progress, warm_up
from riskengine.kernel.block import simulate_blocks
from riskengine.kernel.cache.checked_cache import remove_damaged
from riskengine.kernel.compiling import CACHE_FOLDER, alone, why_not_kept
from riskengine.plan import Plan

PATIENCE_SECONDS = 1.0


def prepare(plan: Plan, progress: Progress | None) -> None:
    """Load or compile the core for a kind of plan (one calendar, or several).

    Parameters
    ----------
    progress : callable, optional
        Told after a second that the core is being compiled, for loading it from the cache takes less; at once, that the
        cache is damaged; and afterwards, that what was compiled could not be kept.

    Notes
    -----
    Machine code in the cache that cannot be read, as after a crash while it was written, is thrown away and compiled
    again.
    """
    if not _is_loaded():
        _remove_damaged(progress)
    problem = why_not_kept(simulate_blocks)
    timer: threading.Timer | None = None
    if progress is not None:
        place = f"not kept, so again at the next start: {problem}" if problem else f"kept in {CACHE_FOLDER}"
        once = "" if problem else ", once on this machine"  # plans on one calendar and on several: two kinds
        message = f"Compiling the simulation core for plans of this kind{once} ({place})"
        timer = threading.Timer(PATIENCE_SECONDS, progress, (0, 0, message))
        timer.daemon = True
        timer.start()
    try:
        try:
            warm_up(plan)
        except (KeyboardInterrupt, MemoryError):
            raise
        except Exception:
            if CACHE_FOLDER is None or not _clear(CACHE_FOLDER):
                raise
            warm_up(plan)
    finally:
        if timer is not None:
            timer.cancel()
    if progress is not None and not problem and (problem := why_not_kept(simulate_blocks)):
        progress(
            0, 0, f"The compiled core could not be kept in {CACHE_FOLDER} and is compiled again next time: {problem}"
        )


def _is_loaded() -> bool:
    """Whether this process has machine code of the core: to read all of the cache again would cost every run 15 ms.

    Notes
    -----
    Machine code of another kind that is loaded later is checked when it is loaded.
    """
    return bool(getattr(getattr(simulate_blocks, "dispatcher", None), "overloads", None))


def _remove_damaged(progress: Progress | None) -> None:
    """Take damaged machine code out of the cache, and say so."""
    if CACHE_FOLDER is None:
        return
    with alone(CACHE_FOLDER):
        damaged = remove_damaged(CACHE_FOLDER)
    if damaged and progress is not None:
        progress(0, 0, f"Machine code in {CACHE_FOLDER} was damaged, or others could have changed it: made anew")


def _clear(folder: Path) -> bool:
    """Remove numba's files from the cache folder; return whether there were any."""
    files = [*folder.glob("*/*.nbi"), *folder.glob("*/*.nbc")]
    for parent in {path.parent for path in files}:
        shutil.rmtree(parent, ignore_errors=True)
    return bool(files)
