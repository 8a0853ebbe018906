"""Run a command and say what it took: ``python watch.py STDERR_FILE COMMAND...`` prints one JSON object.

This stands between the benchmarks and what they measure because the peak memory that the system reports of a process
counts in what its parent held when it was started: this parent holds next to nothing.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

KILO = 1 if sys.platform == "darwin" else 1024


def main() -> int:
    """Run the command of the command line."""
    with Path(sys.argv[1]).open("wb") as words:
        start = time.perf_counter()
        code = subprocess.call(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=words)
        wall = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    sys.stdout.write(json.dumps({"code": code, "wall_s": wall, "cpu_s": cpu, "peak_bytes": used.ru_maxrss * KILO}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
