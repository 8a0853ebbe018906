"""What a section is, and what it is made from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from riskengine.history.trend import Trend
from riskengine.pages.blocks import Block
from riskengine.pages.language import Language
from riskengine.pages.speaker import Speaker
from riskengine.report.reading import has_cost, rows
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
        """Day on which the plan starts."""
        return self.language.day(datetime.fromisoformat(self.run.manifest["start"]).date())

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
