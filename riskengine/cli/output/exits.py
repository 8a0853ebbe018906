"""What the exit status of a command says."""

DONE = 0
"""Done, or GO."""

CRASHED = 1
"""A fault of the program; never a decision."""

USAGE = 2
REFUSED = 3
"""The scenario has faults."""

STORAGE = 4
"""Results are damaged, or a disk or a stream would not take what was written."""

NO_GO = 10
UNDECIDED = 11
NO_GO_BESIDE_OTHERS, UNDECIDED_BESIDE_OTHERS = 13, 14
"""Of a batch: the same, while other scenarios have no results."""

INTERRUPTED = 130

BY_DECISION = {"go": DONE, "no-go": NO_GO, "undecided": UNDECIDED}
