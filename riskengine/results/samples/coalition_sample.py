"""The same iterations of a plan with some of its sources of risk on, and the others off."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Player:
    """A source of risk that can be switched off by itself, all else drawn as before.

    Parameters
    ----------
    kind : str
        ``estimates``, ``risk``, ``correlation``, ``weather``, ``existence`` or ``levelling``.
    id : str
        Of a risk, its id; of estimates, the group of tasks, empty for all of them; else empty.
    name : str
        Of a risk, its name.
    row : int
        Of a risk, its row; -1 else.
    can_act : bool
        False for a risk that cannot occur, or that nothing follows from: it is switched off in every run alike.
    """

    kind: str
    id: str = ""
    name: str = ""
    row: int = -1
    can_act: bool = True


@dataclass(frozen=True, eq=False)
class CoalitionSample:
    """What a run gives in which only some players are on.

    Parameters
    ----------
    days : (n,) float64 [working days of the project's calendar]
        Finish of the target.
    cost : (n,) float64 [currency]
    finish : (target, n) datetime64[us]
        Finish of the project and of the targets, which gates ask for.
    """

    days: NDArray[np.float64]
    cost: NDArray[np.float64]
    finish: NDArray[np.datetime64]
