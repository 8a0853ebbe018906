"""The compiled core: loops over blocks of iterations, free of objects.

Every function here takes arrays and numbers, allocates nothing and raises nothing. Blocks of 256 iterations are part
of the definition of a result: random numbers, stratification and replicates are laid out by block. ``contract``
declares and lays out what goes in and out, without numba, so that the plan can be built to it.
"""

import numpy as np

BLOCK = 256
"""Iterations in a block."""

WIDTH = np.uint64(BLOCK)
"""The same for loops of the core: an index that cannot be negative spares a look at its sign."""

WORDS = np.uint64(BLOCK // 8)
"""64-bit words that hold one byte for each iteration of a block."""
