"""RE75x: runs that are simulated in shards, and merged."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

SHARDS: Mapping[str, Entry] = MappingProxyType(
    {
        "RE750": Entry(
            title="no whole shard",
            rule="a file that is merged must be a shard as it was written",
            reason="Numbers of a damaged file, or of another version, would look like any others.",
            example="riskengine merge plan.toml -o results/plan",
            cure="Run the shard again: riskengine simulate plan.toml --shard 3/64 -o part3.",
        ),
        "RE751": Entry(
            title="shards of no one run",
            rule="the shards that are merged must be all of one run, each once",
            reason="With one too few, one twice, or one of another scenario or seed, the numbers are those of no run.",
            example="riskengine merge part1 part1 -o results/plan    # of 2 shards",
            cure="Give every shard of the run once; run again what the message names.",
        ),
        "RE752": Entry(
            title="shard not understood",
            rule="--shard must be the number of the shard, a slash, and how many there are",
            reason="Shards are numbered from 1, so that 64/64 is the last of 64.",
            example="riskengine simulate plan.toml --shard 0/64",
            cure="Write --shard 3/64.",
        ),
    }
)
