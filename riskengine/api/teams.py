"""Who must not slip: what a run says to teams, owners and resources."""

import os
from typing import Any

from riskengine import engine
from riskengine.analysis.answer_tables import team_tables
from riskengine.analysis.teams import team_reports
from riskengine.api.keeping import keep_tables
from riskengine.api.repeating import plan_of_run
from riskengine.errors.counting import counted
from riskengine.report.answers import teams as words
from riskengine.results.run import RunRecord


class Teams:
    """What a run says to each team, owner and resource.

    Attributes
    ----------
    iterations : int
        The first iterations of the run, in which their work was looked at.
    """

    def __init__(self, run: RunRecord) -> None:
        compiled = plan_of_run(run)
        manifest = run.manifest
        sample = engine.team_sample(compiled, manifest["seed"], manifest["method"], manifest["iterations"])
        self.iterations = int(sample.days.shape[2])
        self._run, self._reports = run, team_reports(run, sample)

    @property
    def document(self) -> dict[str, Any]:
        """What ``riskengine teams --json`` prints; docs/command-line.md has its keys."""
        return words.document(self._run, self._reports, self.iterations)

    def text(self, width: int = 80) -> str:
        """Return what ``riskengine teams`` prints, as wide as that.

        Parameters
        ----------
        width : int [columns]
        """
        return words.render(self._run, self._reports, self.iterations, width)

    @property
    def pages(self) -> dict[str, str]:
        """A page of Markdown for each, by a name of a file that is safe on every system."""
        names = words.file_names(self._reports)
        pages = [words.markdown(self._run, report, self.iterations) for report in self._reports]
        return dict(zip(names, pages, strict=True))

    def keep(self, folder: str | os.PathLike[str]) -> None:
        """Put the tables into the results folder of the run, where its report and exports find them.

        Parameters
        ----------
        folder : path
            Of the run that was asked; it is replaced as a whole.

        Raises
        ------
        riskengine.ResultsError
            If the folder holds another run, or may not be written to.
        """
        keep_tables(folder, self._run.manifest["run"], team_tables(self._reports, self.iterations))

    def __repr__(self) -> str:
        """Return how many there are."""
        return f"<Teams: {len(self._reports)} in {counted(self.iterations, 'iteration')}>"
