"""What an export loads: nothing of what it does not use."""

import subprocess
import sys

from tests.support.command_line import environment
from tests.support.star_runs import write_batch

SCRIPT = """
import sys
from riskengine.cli import main
sys.argv = ["riskengine", "export", "results", "--to", "duckdb:runs.duckdb"]
try:
    main()
finally:
    print("pandas" in sys.modules, file=sys.stderr)
"""


def test_an_export_to_duckdb_does_not_load_pandas(tmp_path):
    """Pyarrow's conversion of a single object did, half a second of every export."""
    write_batch(tmp_path / "results", 2)
    call = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(call, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False)
    assert (tmp_path / "runs.duckdb").is_file(), done.stderr
    assert done.stderr.splitlines()[-1] == "False"
