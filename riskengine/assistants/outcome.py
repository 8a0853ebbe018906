"""What a call comes to: the object that a command printed, or a fault with its code and cure."""

import json
from typing import Any

from riskengine.errors import RiskengineError

LONGEST_LINE = 300
"""Characters of a line of words that stands for a fault."""


def outcome(status: int, stdout: bytes, stderr: bytes) -> dict[str, Any]:
    """Return what a command came to: the object that it printed, or why there is none."""
    try:
        printed = json.loads(stdout)
    except ValueError:
        lines = stderr.decode("utf-8", "replace").strip().splitlines() or ["no answer"]
        message = lines[-1][:LONGEST_LINE]
        return {"exit_status": status, "error": {"code": "", "message": message, "cure": "", "issues": []}}
    if isinstance(printed, dict) and set(printed) == {"error"}:
        return {"exit_status": status, "error": printed["error"]}
    return {"exit_status": status, "result": printed}


def refusal(error: RiskengineError) -> dict[str, Any]:
    """Return what is said of a call that was not run."""
    fault = {"code": error.code, "message": error.message, "cure": error.cure, "issues": []}
    return {"exit_status": error.exit_code, "error": fault}
