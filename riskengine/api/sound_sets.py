"""Which sets of actions the reader would refuse, told from their parts."""

from collections.abc import Iterable, Sequence
from typing import Final

from riskengine.model import Scenario
from riskengine.model.action_sets import Ids
from riskengine.model.in_force import in_force
from riskengine.scenario.sections.actions import ActionCheck, check_positions
from riskengine.scenario.sections.chains import check_chains
from riskengine.scenario.text.faults import Faults

OF_THE_SET: Final = "RE352"
"""What needs or excludes what, which is looked at for whole sets elsewhere."""
OF_TASKS: Final = "RE351"
"""What would be missing without the task of an action."""


class SoundSets:
    """Tells sets of actions that a plan can have from those that it cannot.

    Parameters
    ----------
    scenario : Scenario
    groups : sequence of frozenset of str
        Actions that change the same risks, or risks that hang on each other.

    Notes
    -----
    What actions make of risks is looked at group by group, and what their tasks leave behind for all tasks together:
    so that few parts have to be looked at for many sets. Where a group can do nothing wrong that one of it alone does
    not, only single actions are.
    """

    def __init__(self, scenario: Scenario, groups: Sequence[Ids]) -> None:
        self.scenario = scenario
        actions = scenario.actions
        self.groups = [part for group in groups for part in self._parts_of(group)]
        self.with_task = frozenset(name for group in groups for name in group if actions[name].task)
        self.verdicts: dict[tuple[Ids, bool], bool] = {}

    def are_sound(self, chosen: Ids) -> bool:
        """Return whether the reader would take a plan with some actions in force, as far as their parts tell."""
        is_sound = all(self._is_sound(chosen & group, of_tasks=False) for group in self.groups)
        return is_sound and (not self.with_task or self._is_sound(chosen & self.with_task, of_tasks=True))

    def _parts_of(self, group: Ids) -> Iterable[Ids]:
        """Return the group, or its actions one by one where they can do each other no harm."""
        exclusive = {name for each in self.scenario.exclusive.values() for name in each.risks}
        for name in group:
            for risk, change in self.scenario.actions[name].effects.items():
                is_raised = change.probability_factor is not None and change.probability_factor > 1
                is_added = not change.impacts.keys() <= self.scenario.risks[risk].impacts.keys()
                if is_raised or is_added or risk in exclusive:
                    return [group]
        return [frozenset((name,)) for name in group]

    def _is_sound(self, part: Ids, *, of_tasks: bool) -> bool:
        """Return whether the reader would take a plan with a part of a set in force."""
        if (part, of_tasks) not in self.verdicts:
            codes = self._codes(part)
            self.verdicts[part, of_tasks] = not (codes & {OF_TASKS} if of_tasks else codes - {OF_TASKS, OF_THE_SET})
        return self.verdicts[part, of_tasks]

    def _codes(self, part: Ids) -> set[str]:
        """Return the codes of what is wrong with a plan with some actions in force."""
        actions = {
            name: action.model_copy(update={"active": True}) if name in part else action
            for name, action in self.scenario.actions.items()
        }
        scenario, faults = self.scenario.model_copy(update={"actions": actions}), Faults()
        ActionCheck(scenario, faults).check()
        if all(fault.code in (OF_TASKS, OF_THE_SET) for fault in faults.all):
            in_plan = in_force(scenario)
            check_positions(in_plan, faults)
            check_chains(in_plan, faults)
        return {fault.code for fault in faults.all}
