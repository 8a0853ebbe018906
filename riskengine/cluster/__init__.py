"""Runs on the machines of a Dask cluster: parts of a run as its tasks, and whole scenarios of a batch."""
