"""What ``check`` says, for code scanning and for the annotations of a pipeline."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from riskengine.cli.output import atomic_write, console

if TYPE_CHECKING:
    from riskengine.errors import Issue
    from riskengine.pipelines.sarif import Remark
    from riskengine.schedule.health.finding import Finding

CODED = re.compile(r"(RE\d{3}) (.*)", re.DOTALL)


class CheckRemarks:
    """Gathers what is said of scenarios while they are checked.

    Parameters
    ----------
    sarif : path or None
        File to write.
    is_github : bool
        Whether faults are annotated.

    Raises
    ------
    UsageError
        When the file could not be written, or is no log of ours.
    """

    def __init__(self, sarif: Path | None, is_github: bool) -> None:
        self.sarif = sarif
        self.is_github = is_github
        self._remarks: list[Remark] = []
        if sarif is not None:
            from riskengine.cli.pipelines.reports import check_target
            from riskengine.pipelines.sarif import MARK

            check_target(sarif, MARK)

    def add_faults(self, path: Path, issues: "Iterable[Issue]") -> None:
        """Take the faults of a scenario."""
        if self.sarif is None and not self.is_github:
            return
        from riskengine.pipelines.sarif import remark_of

        self._remarks += [remark_of(issue, str(path)) for issue in issues]

    def add_findings(self, path: Path, findings: "Iterable[Finding]", hints: Iterable[str]) -> None:
        """Take what is said of a good scenario: findings about its schedule, and hints that have a code."""
        if self.sarif is None and not self.is_github:
            return
        from riskengine.pipelines.sarif import Remark

        file = str(path)
        for finding in findings:
            text = finding.line().partition(f"{finding.code} ")[2]
            self._remarks.append(Remark(finding.code, finding.level, text, file))
        coded = filter(None, map(CODED.fullmatch, hints))
        self._remarks += [Remark(hint.group(1), "note", hint.group(2), file) for hint in coded]

    def write(self) -> None:
        """Write the log, and annotate what is a fault or a warning.

        Raises
        ------
        OSError
        """
        from riskengine.cli.pipelines.reports import checkout_path

        remarks = [replace(remark, file=checkout_path(remark.file)) for remark in self._remarks]
        if self.sarif is not None:
            from riskengine import __version__
            from riskengine.pipelines.sarif import sarif_text

            atomic_write.write(self.sarif, sarif_text(remarks, __version__))
        if self.is_github:
            from riskengine.pipelines.workflow_commands import annotation

            for remark in remarks:
                if remark.level != "note":
                    place = remark.file, remark.line
                    console.runner_command(annotation(remark.text, remark.code, *place, level=remark.level))
