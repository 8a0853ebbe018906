"""Several scenarios at once: which files, which need no run, their runs, and what is said of them all together."""
