"""Running a plan: blocks, threads, stopping, and the same draws with and without a risk."""

from riskengine.engine.blocks.run import available_threads
from riskengine.engine.replay import Replay, replay
from riskengine.engine.shards import Shard, shard_count, shard_request, simulate_merged, simulate_shard
from riskengine.engine.simulate import METHODS, MOST_ITERATIONS, Settings, deterministic, simulate, simulate_until
from riskengine.engine.traced.iteration import trace
from riskengine.engine.traced.typical import band, typical
from riskengine.engine.work_of_teams import team_sample

__all__ = [
    "METHODS",
    "MOST_ITERATIONS",
    "Replay",
    "Settings",
    "Shard",
    "available_threads",
    "band",
    "deterministic",
    "replay",
    "shard_count",
    "shard_request",
    "simulate",
    "simulate_merged",
    "simulate_shard",
    "simulate_until",
    "team_sample",
    "trace",
    "typical",
]
