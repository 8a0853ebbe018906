"""Puts the machine code of the simulation core into the wheel, so that the first run need not wait for a compiler."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PLACE = "riskengine/kernel/machine_code"
LONGEST_SECONDS = 300


class MachineCode(BuildHookInterface):
    """Compiles the core while a wheel is built.

    Notes
    -----
    Machine code is for one kind of processor, one Python and one numba. Where any of them differs when the package is
    used, the first run compiles, as it does without this. So whatever goes wrong here is said, and leaves a wheel
    without machine code. RISKENGINE_PURE=1 in the environment asks for such a wheel, which suits every machine.
    """

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and add what came of it to the wheel; see hatchling's documentation for the arguments."""
        if self.target_name != "wheel" or version == "editable" or os.environ.get("RISKENGINE_PURE") == "1":
            return
        self.made = tempfile.TemporaryDirectory()
        try:
            subprocess.run(
                [sys.executable, "-m", "riskengine.kernel.ahead"],
                cwd=self.root,
                env=os.environ | {"NUMBA_CACHE_DIR": self.made.name, "PYTHONDONTWRITEBYTECODE": "1"},
                check=True,
                capture_output=True,
                timeout=LONGEST_SECONDS,
            )
        except (OSError, subprocess.SubprocessError) as reason:
            self.app.display_warning(f"The wheel has no machine code, the first run will compile it: {reason}")
            return
        found = [path for path in Path(self.made.name).rglob("*") if path.suffix in (".nbi", ".nbc")]
        if found:
            build_data["force_include"] |= {str(path): f"{PLACE}/{path.name}" for path in found}
            build_data["pure_python"] = False
            build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what the wheel has taken in."""
        if hasattr(self, "made"):
            self.made.cleanup()
