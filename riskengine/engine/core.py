"""Getting the compiled core ready: from the cache, or by compiling it, with a word to whoever waits."""

import shutil
import threading
from pathlib import Path

from riskengine.engine.blocks import Progress, touch
from riskengine.kernel.compiling import CACHE_FOLDER
from riskengine.plan import Plan

PATIENCE_SECONDS = 1.0


def prepare(plan: Plan, progress: Progress | None) -> None:
    """Load or compile the core for a kind of plan (one calendar, or several).

    Parameters
    ----------
    progress : callable, optional
        Told after a second that the core is being compiled; loading it from the cache takes less.

    Notes
    -----
    Machine code in the cache that cannot be read, as after a crash while it was written, is thrown away once and
    compiled again.
    """
    timer: threading.Timer | None = None
    if progress is not None:
        place = f"kept in {CACHE_FOLDER}" if CACHE_FOLDER else "no folder to keep it in: again at the next start"
        once = ", once on this machine" if CACHE_FOLDER else ""  # plans on one calendar and on several: two kinds
        words = f"Compiling the simulation core for plans of this kind{once} ({place})"
        timer = threading.Timer(PATIENCE_SECONDS, progress, (0, 0, words))
        timer.daemon = True
        timer.start()
    try:
        try:
            touch(plan)
        except (KeyboardInterrupt, MemoryError):
            raise
        except Exception:
            if CACHE_FOLDER is None or not _clear(CACHE_FOLDER):
                raise
            touch(plan)
    finally:
        if timer is not None:
            timer.cancel()


def _clear(folder: Path) -> bool:
    """Remove numba's files from the cache folder; return whether there were any."""
    files = [*folder.glob("*/*.nbi"), *folder.glob("*/*.nbc")]
    for parent in {path.parent for path in files}:
        shutil.rmtree(parent, ignore_errors=True)
    return bool(files)
