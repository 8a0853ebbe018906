"""A page, a memo or slides in the place of an older file: only what riskengine wrote is replaced."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from riskengine.pages.kinds import ReportKind


def refuse_foreign_file(output: Path, kind: "ReportKind", force: bool) -> None:
    """Refuse to replace a file that is none of ours, unless that is asked for.

    Raises
    ------
    UsageError
    """
    from riskengine.errors import UsageError

    if not force and output.is_file() and not kind.is_ours(output):
        cure = "choose another name, or say --force"
        raise UsageError(f"{output} is no {kind.noun} of riskengine; nothing was written", "RE942", cure)
