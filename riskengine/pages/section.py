"""What a section is, and what it is made from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from riskengine.history.trend import Trend
from riskengine.pages.blocks import Block
from riskengine.pages.language import Language
from riskengine.pages.speaker import Speaker
from riskengine.report.reading import Row, has_cost, rows
from riskengine.report.text.naming import is_telling
from riskengine.results.run import RunRecord

MANY_TASKS = 1000
"""Tasks beyond which their table takes most of the page, so that other sections leave more out."""


@dataclass(frozen=True)
class PageInput(Speaker):
    """All that a page is made from.

    Parameters
    ----------
    run : RunRecord
        As read from its folder.
    language : Language
    folder : str
        The folder, as the user named it.
    trend : Trend or None
        What earlier runs of the scenario said, where a history is at hand.
    """

    run: RunRecord
    language: Language
    folder: str = ""
    trend: Trend | None = None

    @property
    def currency(self) -> str:
        """Currency of the scenario."""
        return str(self.run.manifest["currency"])

    @property
    def has_cost(self) -> bool:
        """Whether the project costs anything in any iteration."""
        return has_cost(self.run)

    @property
    def has_many_tasks(self) -> bool:
        """Whether the table of tasks takes most of the page."""
        return self.run.tables["tasks"].num_rows > MANY_TASKS

    @property
    def start(self) -> str:
        """Day on which the project starts, or has started."""
        return self.beginning(self._project["start"])

    @property
    def data_date(self) -> str:
        """Status date of a project under way; nothing for one that is not."""
        instant = self._project["data_date"]
        return "" if instant is None else self.beginning(instant)

    def beginning(self, instant: datetime) -> str:
        """Return the day that begins with an instant, or in which it lies: what starts at midnight starts that day."""
        return self.language.day(instant.date())

    @property
    def facts(self) -> str:
        """Return what stands below the name: how many futures, when the project starts, its status, the run."""
        iterations = self.run.manifest["iterations"]
        one, _, many = self.language.words["page.futures"].partition("|")
        futures = (one if iterations == 1 else many).format(number=self.language.count(iterations))
        parts = {"futures": futures, "start": self.start, "run": self.run.manifest["run"][:12]}
        if self.data_date and self._project["start"] != self._project["data_date"]:
            return self.say("page.facts_under_way", status=self.data_date, **parts)
        return self.say("page.facts", **parts)

    @cached_property
    def _project(self) -> Row:
        (project,) = rows(self.run, "project", ("start", "data_date"))
        return project

    def estimate(
        self, measure: str, value: float | None, low: float | None, high: float | None, signed: bool = False
    ) -> tuple[str, str]:
        """Return working days of a finish, or money of a cost, and their interval."""
        if measure == "finish":
            return self.language.days_estimate(value, low, high, signed)
        return self.language.money_estimate(value, low, high, self.currency, signed)

    @cached_property
    def task_names(self) -> dict[str, str]:
        """Names of the tasks that say more than their ids, by id."""
        tasks = rows(self.run, "tasks", ("task", "name"))
        return {task["task"]: task["name"] for task in tasks if is_telling(task["task"], task["name"])}


@dataclass(frozen=True)
class Section:
    """A section of the page.

    Parameters
    ----------
    key : str
        Names the section in the page; its title is the text ``KEY.title`` of every language.
    blocks : callable
        Makes what stands in it; a section without blocks is left out.
    """

    key: str
    blocks: Callable[[PageInput], Sequence[Block]]
