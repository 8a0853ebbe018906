"""``--with``, ``--mitigated``, ``--without`` and ``--only``: actions in force, risks switched off."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from riskengine.cli.output import console

if TYPE_CHECKING:
    from riskengine.model import Scenario
    from riskengine.scenario import Reading

UNCERTAINTY: Final = "uncertainty"


@dataclass(frozen=True)
class Switches:
    """What is switched on and off for a command, beside what the file says.

    Parameters
    ----------
    is_mitigated : bool
        Every action is in force.
    in_force : tuple of str
        Actions that are, too.
    left_out : tuple of str
        Risks and actions that are not.
    only : str
        ``uncertainty`` for no risk at all, empty for all.
    """

    is_mitigated: bool = False
    in_force: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    only: str = ""

    @property
    def words(self) -> str:
        """What is switched, as it stands behind the name of a plan: ``with A1, without R1``; empty for nothing."""
        from riskengine.errors.counting import first_names

        parts = ["mitigated"] if self.is_mitigated else []
        parts += [f"with {first_names(self.in_force, 3)}"] if self.in_force else []
        parts += [f"without {first_names(self.left_out, 3)}"] if self.left_out else []
        parts += ["without any risk"] if self.only else []
        return ", ".join(parts)

    @property
    def first_option(self) -> str:
        """The first option that was used, empty where none was."""
        uses = ((self.is_mitigated, "--mitigated"), (self.in_force, "--with"), (self.left_out, "--without"))
        return next((option for is_used, option in (*uses, (self.only, "--only")) if is_used), "")


NO_SWITCHES: Final = Switches()


class Ids(click.ParamType):  # type: ignore[type-arg]
    """Ids with commas between them."""

    name = "ids"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Return the ids, each once, in their order."""
        if isinstance(value, tuple):
            return value
        ids = tuple(dict.fromkeys(part.strip() for part in str(value).split(",")))
        if "" in ids:
            self.fail(f"{value!r} has nothing before or behind a comma.", param, ctx)
        return ids


def switch_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options of what is switched on and off, gathered for the command as ``switches``."""

    @functools.wraps(function)
    def gather(
        *, is_mitigated: bool, in_force: tuple[str, ...], left_out: tuple[str, ...], only: str | None, **others: Any
    ) -> Any:
        return function(switches=Switches(is_mitigated, in_force, left_out, only or ""), **others)

    command: Callable[..., Any] = gather
    for option in (
        click.option(
            "--only", type=click.Choice([UNCERTAINTY]), help="Switch all risks off, and leave uncertainty of estimates."
        ),
        click.option(
            "--without",
            "left_out",
            type=Ids(),
            metavar="IDS",
            default=(),
            help="Switch these risks off, and these actions; ids with commas between them.",
        ),
        click.option(
            "--with",
            "in_force",
            type=Ids(),
            metavar="IDS",
            default=(),
            help="Put these actions into force, too; ids with commas between them.",
        ),
        click.option("--mitigated", "is_mitigated", is_flag=True, help="Put every action into force."),
    ):
        command = option(command)
    return command


def switched(
    reading: "Reading",
    switches: Switches,
    path: Path,
    print_line: Callable[[str], object] = console.note,
    *,
    is_strict: bool = False,
) -> "Reading":
    """Return a scenario with what is switched on and off, read as if a file had said so, and say what it is.

    Raises
    ------
    ScenarioError
        If there is no such action or risk, or actions cannot be in force together.
    """
    if switches == NO_SWITCHES:
        return reading
    from riskengine.reading import hooks
    from riskengine.scenario import changed

    changes = changes_of(reading.scenario, switches)
    result = changed(reading, changes, hooks(is_strict))
    print_line(f"{path}: {in_words(result.scenario)}")
    return result


def planned(reading: "Reading", switches: Switches, path: Path, is_strict: bool) -> "Scenario":
    """Return what a plan is made from: a scenario with what is switched on and off, as its actions make it."""
    from riskengine.model.in_force import in_force

    return in_force(switched(reading, switches, path, is_strict=is_strict).scenario)


def changes_of(scenario: "Scenario", switches: Switches) -> dict[str, object]:
    """Return what a file would say that extends the scenario's, by dotted paths; later ones hold."""
    from riskengine.scenario.text.paths import switch_path

    changes: dict[str, object] = {}
    for name in (*(scenario.actions if switches.is_mitigated else ()), *switches.in_force):
        changes[switch_path("actions", name)] = True
    if switches.only == UNCERTAINTY:
        changes |= {switch_path("risks", name): False for name in scenario.risks}
    for name in switches.left_out:
        is_action = name in scenario.actions and name not in scenario.risks
        changes[switch_path("actions" if is_action else "risks", name)] = False
    return changes


def in_words(scenario: "Scenario") -> str:
    """Return what is switched on and off in a scenario, whoever said so."""
    from riskengine.errors.counting import first_names

    active = [name for name, action in scenario.actions.items() if action.active]
    off = [name for name, risk in scenario.risks.items() if not risk.active]
    return (
        f"actions in force: {first_names(active, 5) if active else 'none'}; "
        f"risks switched off: {first_names(off, 5) if off else 'none'}"
    )
