"""The list of draws that the core works through in each block."""

from dataclasses import dataclass, field

import numpy as np

from riskengine.kernel.contract.arrays import FACTOR, Draws

RISKS = 0
"""The stage in which risks occur; task ``j`` is stage ``1 + j``, and the project comes last."""


@dataclass
class DrawBook:
    """Collects draws by stage; within a stage they keep the order in which they were added.

    Parameters
    ----------
    task_count : int
    """

    task_count: int
    _entries: list[tuple[int, int, int, int, int, int]] = field(default_factory=list)

    @property
    def project(self) -> int:
        """The stage of the project."""
        return 1 + self.task_count

    def add(self, stage: int, variable: int, role: int, operand: int = 0, risk: int = -1, priced: int = -1) -> None:
        """Add a draw; the parameters are those of ``Draws``."""
        self._entries.append((stage, variable, role, operand, risk, priced))

    def build(self) -> Draws:
        """Return the arrays of all draws."""
        rows = np.array(sorted(self._entries, key=_place) or np.zeros((0, 6)), np.int32).reshape(-1, 6)
        count = np.bincount(rows[:, 0], minlength=self.task_count + 2)
        return Draws(
            offset=np.concatenate(([0], np.cumsum(count))).astype(np.int32),
            variable=rows[:, 1].copy(),
            role=rows[:, 2].astype(np.int8),
            operand=rows[:, 3].copy(),
            risk=rows[:, 4].copy(),
            priced=rows[:, 5].copy(),
        )


def _place(entry: tuple[int, int, int, int, int, int]) -> tuple[int, bool]:
    """Return what draws are sorted by: factors of risks come first in a stage, for they multiply what it draws."""
    stage, _, role, _, risk, _ = entry
    return stage, not (stage > RISKS and role == FACTOR and risk >= 0)
