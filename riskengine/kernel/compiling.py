"""Numba's flags, and the folder in which machine code is kept.

The folder is the user's own, because numba's cache is a pickle: one that others can write to would let them run code.
Where no such folder can be had, the core compiles in memory at each start.
"""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba
from numba import config

F = TypeVar("F", bound=Callable[..., Any])


def cache_folder() -> Path | None:
    """Return the private folder for machine code, made if need be, or None where there is none to be had."""
    named = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("RISKENGINE_CACHE_DIR")
    try:
        if named:
            folder = Path(named)
        elif sys.platform == "win32":
            folder = Path(os.environ["LOCALAPPDATA"]) / "riskengine" / "cache"
        else:
            folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "riskengine"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            return None
        if not named and hasattr(os, "getuid"):
            status = folder.stat()
            if status.st_uid != os.getuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                return None
    except (OSError, KeyError, RuntimeError):
        return None
    return folder


CACHE_FOLDER = cache_folder()
if CACHE_FOLDER is not None:
    config.CACHE_DIR = str(CACHE_FOLDER)


def compiled(function: F) -> F:
    """Compile a function of the core: no Python objects, no lock held, no reordering of floating point."""
    jit = numba.njit(nogil=True, cache=CACHE_FOLDER is not None, fastmath=False, error_model="numpy", boundscheck=False)
    result: F = jit(function)
    return result
