"""What a confidence takes beyond the plan, and its face in Python."""

import os
from typing import Any

from riskengine.analysis.contingency import measure_contingency
from riskengine.api.allocating import allocated
from riskengine.api.asking import unknown_name
from riskengine.api.joint import share_argument
from riskengine.api.keeping import keep_tables
from riskengine.report.answers import contingency as report
from riskengine.report.reading import has_cost
from riskengine.results.run import RunRecord
from riskengine.results.tables.build import build_rows


class Contingency:
    """What a confidence takes beyond the plan, in days and in money, and whose it is.

    Attributes
    ----------
    confidence : float
    """

    def __init__(self, run: RunRecord, answer: report.Answer) -> None:
        self.confidence = float(answer.confidence)
        self._manifest, self._answer = run.manifest, answer

    def keep(self, folder: str | os.PathLike[str]) -> None:
        """Put whose the contingency is into the results folder of the run, where its report and exports find it.

        Parameters
        ----------
        folder : path
            Of the run that was asked; it is replaced as a whole.

        Raises
        ------
        riskengine.UsageError
            If it is about a target.
        riskengine.ResultsError
            If the folder holds another run, or may not be written to.
        """
        tables = {"contingency_parts": build_rows("contingency_parts", report.table_rows(self._answer))}
        keep_tables(folder, self._manifest["run"], tables, self._answer.target)

    @property
    def words(self) -> list[str]:
        """The answer in sentences: the finish, the cost, what adding up parts would come to."""
        return report.sentences(self._answer, self._manifest)

    @property
    def document(self) -> dict[str, Any]:
        """What ``riskengine contingency --json`` prints; docs/command-line.md has its keys."""
        return {**report.document(self._answer, self._manifest), "words": self.words}

    def text(self, width: int = 80) -> str:
        """Return what ``riskengine contingency`` prints: the sentences and the tables, as wide as that.

        Parameters
        ----------
        width : int [columns]
        """
        return report.render(self._answer, self._manifest, width)

    def __repr__(self) -> str:
        """Return the first sentence."""
        return f"<Contingency: {self.words[0]}>"


def contingency(run: RunRecord, confidence: Any, target: Any) -> Contingency:
    """Answer what a call asks for; see :meth:`riskengine.Run.contingency`."""
    targets = ("project", *run.manifest["targets"])
    if not isinstance(target, str) or target not in targets:
        raise unknown_name("target", target, targets)
    share = share_argument("confidence", confidence)
    finish = measure_contingency(run, "finish", share, target)
    cost = measure_contingency(run, "cost", share, target) if has_cost(run) else None
    return Contingency(run, allocated(run, report.Answer(share, target, finish, cost)))
