"""Which risks depend on others, as arrays: what triggers each, and those of which at most one occurs."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Chains(NamedTuple):
    """Which risks depend on others, besides ``Risks.threshold``.

    Attributes
    ----------
    most : (risk,) uint64
        A risk occurs where its draw is below it: 2**32 but for those of which at most one occurs.
    offset : (risk + 1,) int32
        What triggers risk ``r`` is ``trigger[offset[r]:offset[r + 1]]``: one of them must occur where there are any.
    trigger : (trigger,) int32
        Risks.
    group : (risk,) int32
        Set of risks of which at most one occurs, or -1.
    """

    most: NDArray[np.uint64]
    offset: NDArray[np.int32]
    trigger: NDArray[np.int32]
    group: NDArray[np.int32]
