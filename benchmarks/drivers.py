"""What drives a large run: all of it, and the ranks of its inputs against NumPy's double argsort."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np

from benchmarks.clock import least_seconds
from benchmarks.core import compiled
from benchmarks.figure import Figure, at_least, at_most
from benchmarks.network import document, network
from riskengine import engine
from riskengine.analysis.drivers import drivers
from riskengine.engine.drivers.sample import driver_sample
from riskengine.kernel.ranks import Ranked, Room, bucket_bits, fill_ranks

PLAN: Final = "large"
ITERATIONS: Final = 10_240
INPUTS: Final = 200
TICKS: Final = 500_000
SEED: Final = 5
LEAST_RATIO: Final = 20.0
MOST_SECONDS: Final = 5.0


def of_large_plan(rounds: int = 3) -> list[Figure]:
    """Measure all drivers of 2,000 tasks with 200 risks, and the ranks of ticks that were drawn from words."""
    plan = compiled(document(network(PLAN)))
    settings = engine.Settings(ITERATIONS, SEED, "sobol", None, has_contributions=False)

    def answer() -> None:
        drivers(driver_sample(plan, settings, engine.simulate(plan, settings)), "project")

    (seconds,) = least_seconds([answer], rounds, clock=time.perf_counter)
    words = f"drivers of {len(plan.task)} tasks, {len(plan.risk)} risks, {ITERATIONS} iterations, the run included"
    return [Figure(words, seconds, "s", at_most(MOST_SECONDS)), ranks(rounds)]


def ranks(rounds: int = 3) -> Figure:
    """Compare the ranks of integer ticks with those of a double argsort, which gives tied ones no common rank."""
    words = np.random.default_rng(SEED).integers(0, 2**32, (INPUTS, ITERATIONS), np.uint32)
    ticks = words.astype(np.int64) * TICKS >> 32
    values, bits = ticks.astype(np.float64), np.uint32(bucket_bits(ITERATIONS))
    threads = engine.available_threads()
    made = [Ranked(np.zeros(ITERATIONS, np.int64), np.zeros(ITERATIONS)) for _ in range(threads)]

    def rank_some(thread: int) -> None:
        room = Room.of(ITERATIONS)
        for row in range(thread, INPUTS, threads):
            fill_ranks(words[row], values[row], made[thread], room, bits)

    def rank_all() -> None:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(rank_some, range(threads)))

    def argsort_all() -> None:
        for row in ticks:
            np.argsort(np.argsort(row))

    ours, numpys = least_seconds([rank_all, argsort_all], rounds, clock=time.perf_counter)
    details = {"us_an_input": ours / INPUTS * 1e6, "numpy_us": numpys / INPUTS * 1e6, "threads": float(threads)}
    title = f"ranks of {ITERATIONS} ticks against NumPy's double argsort, all threads"
    return Figure(title, numpys / ours, "x", at_least(LEAST_RATIO), details)
