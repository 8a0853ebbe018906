"""Numba's flags, and the folder in which machine code is kept.

The folder, every folder above it and every file in it are the user's own, because numba's cache is a pickle: one that
others can write to would let them run code. Where no such folder can be had, the core compiles in memory at each start.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import wraps
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import numba
from numba import config

from riskengine.kernel.cache.checked_cache import CheckedCache
from riskengine.kernel.cache.private_folder import NotPrivateError, make_private, make_private_below, write_private

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

F = TypeVar("F", bound=Callable[..., Any])


def cache_folder() -> Path:
    """Return where machine code is kept: as the environment says, or below the user's folder for caches.

    Raises
    ------
    KeyError, RuntimeError
        When the user has no such folder.
    """
    named = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("RISKENGINE_CACHE_DIR")
    if named:
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ["LOCALAPPDATA"]) / "riskengine" / "cache"
    if os.environ.get("XDG_CACHE_HOME"):
        return Path(os.environ["XDG_CACHE_HOME"]) / "riskengine"
    if not Path.home().is_dir():  # a home that is only named is not for us to make
        raise RuntimeError
    return Path.home() / ".cache" / "riskengine"


def source_digest() -> str:
    """Return a short name for the source of the whole core.

    Notes
    -----
    Numba looks at the file of a function alone to see whether its machine code is stale. A change of a function that
    it calls, in another file, would go unseen, in an upgrade too, and old code would give old numbers.
    """
    digest = sha256()
    core = Path(__file__).parent
    for path in sorted(core.rglob("*.py")):
        digest.update(path.relative_to(core).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


SHIPPED = Path(__file__).parent / "machine_code"
"""What ``hatch_build.py`` put into the package, where it did."""


def private_cache() -> tuple[Path | None, str]:
    """Return the part of the cache folder for this source of the core, made if need be, or why there is none."""
    try:
        folder = make_private(cache_folder())
        if not os.access(folder, os.W_OK | os.X_OK):
            return None, f"{folder} cannot be written to"
        core_folder = folder / f"core-{source_digest()}"
        make_private_below(core_folder)
    except NotPrivateError as error:
        return None, str(error)
    except OSError as error:
        return None, f"{error.filename}: {error.strerror}" if error.filename else str(error)
    except (KeyError, RuntimeError, ValueError):
        return None, "no folder to keep it in"
    return core_folder, ""


CACHE_FOLDER, NO_CACHE = private_cache()
if CACHE_FOLDER is not None:
    config.CACHE_DIR = str(CACHE_FOLDER)
    config.CACHE_LOCATOR_CLASSES = ""  # numba would look in other folders, too


def compiled(function: F) -> F:
    """Compile a stage of the core, which the entry calls: typed on its own, and put in place by LLVM."""
    return _jit(function, no_cpython_wrapper=True, no_cfunc_wrapper=True, forceinline=True)


def inlined(function: F) -> F:
    """Make a function part of the stage that calls it, before types are inferred.

    Notes
    -----
    So it is not optimised again inside its caller, and again inside that one's, and no description of an array is
    copied at a call. For large functions, and many of them, numba's inliner takes longer than that saves.
    """
    return _jit(function, inline="always")


def entry(function: F) -> F:
    """Compile a function of the core that Python calls, and keep its machine code.

    Notes
    -----
    Which of its arguments, and of their fields, are None tells the cases that are compiled apart. The first call of
    each is made by one process at a time: numba names the files of its cache by number and without a lock, so that two
    processes that compile different cases at once could each take the machine code of the other for its own.
    """
    compiled_function = _jit(function, no_cfunc_wrapper=True)
    if CACHE_FOLDER is None or config.DISABLE_JIT:
        return compiled_function
    with suppress(RuntimeError):  # somebody else's folder stands where this function's should: compile in memory
        compiled_function._cache = CheckedCache(function)  # type: ignore[attr-defined]
    if SHIPPED.is_dir() and compiled_function.stats.cache_path:  # type: ignore[attr-defined]
        bring(SHIPPED, Path(compiled_function.stats.cache_path))  # type: ignore[attr-defined]
    compiled_cases: set[tuple[object, ...]] = set()

    @wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        case = *map(nothings, arguments), *((name, nothings(named[name])) for name in named)
        if case in compiled_cases:
            return compiled_function(*arguments, **named)
        with alone(CACHE_FOLDER):
            result = compiled_function(*arguments, **named)
        compiled_cases.add(case)
        return result

    call.dispatcher = compiled_function  # type: ignore[attr-defined]
    return call  # type: ignore[return-value]


def nothings(argument: Any) -> tuple[bool, ...]:
    """Return whether an argument is None, and which of its fields are where it is a tuple."""
    fields = argument if isinstance(argument, tuple) else ()
    return argument is None, *(field is None for field in fields)


def why_not_kept(function: Any) -> str:
    """Return why the machine code of an entry is not kept for the next start; empty where it is."""
    if CACHE_FOLDER is None or config.DISABLE_JIT:
        return NO_CACHE
    cache = function.dispatcher._cache
    return cache.problem if isinstance(cache, CheckedCache) else f"others could change what is in {CACHE_FOLDER}"


def bring(shipped: Path, folder: Path) -> None:
    """Copy machine code that was compiled ahead to a folder of the cache that has none.

    Notes
    -----
    Numba looks at what stands in the index before it uses any of it: its own version, the digest of the source, Python,
    the types, and the processor with its features. What was made for another machine is left alone, and compiled anew.
    The index comes last, so that it never names what is not there.
    """
    if not folder.is_dir():
        return
    with suppress(OSError), alone(folder.parent):
        if any(folder.glob("*.nbi")):
            return
        for path in sorted(shipped.glob("*.nb[ci]")):  # .nbc before .nbi
            write_private(folder / path.name, path.read_bytes())


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other processes out of a cache folder; where there are no locks, do without."""
    with ExitStack() as stack:
        if fcntl is not None:
            with suppress(OSError):
                handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
                stack.callback(os.close, handle)
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _jit(function: F, **options: Any) -> F:
    """Compile: no lock held, no reference counts (nothing is allocated), no reordering of floating point."""
    jit = numba.njit(nogil=True, fastmath=False, error_model="numpy", _nrt=False, **options)
    result: F = jit(function)
    return result
