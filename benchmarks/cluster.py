"""A run on the workers of a cluster of this machine: what sharing it out costs beside the threads of one process."""

import time
from functools import partial
from typing import Final

from benchmarks.clock import least_seconds
from benchmarks.figure import Figure, at_most
from benchmarks.network import document, network
from riskengine import engine
from riskengine import plan as planning
from riskengine.cluster.address import cluster_address
from riskengine.cluster.connection import connected
from riskengine.cluster.simulating import simulate_on_cluster
from riskengine.scenario import dumps, parse

WORKERS: Final = 2
ITERATIONS: Final = 1_500_000
"""Several parts for each worker; one takes about two seconds."""
ROUNDS: Final = 3


def against_threads() -> list[Figure]:
    """Compare two workers with two threads on one run of 2 000 tasks; starting the workers is not counted."""
    scenario = parse(document(network("large")))
    plan, text = planning.compile(scenario), dumps(scenario)
    settings = engine.Settings(ITERATIONS, 1, "sobol", WORKERS, has_contributions=False)
    begun = time.monotonic()
    with connected(cluster_address(f"local:{WORKERS}")) as connection:
        start_seconds = time.monotonic() - begun
        on_cluster = partial(simulate_on_cluster, connection, plan, text, settings, None)
        works = (on_cluster, partial(engine.simulate, plan, settings))
        seconds = least_seconds(works, ROUNDS, clock=time.monotonic)
        parts = engine.shard_count(plan, ITERATIONS, connection.threads)
    details = {"cluster_s": seconds[0], "threads_s": seconds[1], "start_s": start_seconds, "parts": float(parts)}
    words = f"{WORKERS} workers of a cluster against {WORKERS} threads: {len(plan.task)} tasks, {ITERATIONS} iterations"
    return [Figure(words, seconds[0] / seconds[1], "x", at_most(1.05), details)]
