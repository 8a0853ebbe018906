"""Running a plan: blocks, threads, stopping, and the same draws with and without a risk."""

from riskengine.engine.blocks.run import available_threads
from riskengine.engine.replay import Replay, replay
from riskengine.engine.simulate import METHODS, MOST_ITERATIONS, Settings, deterministic, simulate, simulate_until

__all__ = [
    "METHODS",
    "MOST_ITERATIONS",
    "Replay",
    "Settings",
    "available_threads",
    "deterministic",
    "replay",
    "simulate",
    "simulate_until",
]
