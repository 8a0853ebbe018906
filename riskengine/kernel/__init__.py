"""The compiled core: loops over blocks of iterations, free of objects.

Every function here takes arrays and numbers, allocates nothing and raises nothing. Blocks of 256 iterations are part
of the definition of a result: random numbers, stratification and replicates are laid out by block. ``arrays`` declares
the layout of everything that goes in and out, without numba, so that the plan can be built to it.
"""

BLOCK = 256
"""Iterations in a block."""

WORDS = BLOCK // 8
"""64-bit words that hold one byte for each iteration of a block."""
