"""Runs to write and read."""

from riskengine.analysis import tables
from riskengine.api.run import run_of
from riskengine.results.run import assemble
from riskengine.scenario import digest_of
from tests.support.samples import example, with_milestone

SCENARIO = '{\n  "name": "Chain é"\n}\n'


def example_run(seed=1, n=300, **options):
    """A small run with a named target; the seed is in its numbers and in its id."""
    sample = with_milestone(example("sobol", n, seed=seed, **options), "t0001", 1)
    return run_of(assemble(sample, tables(sample), SCENARIO, digest_of(SCENARIO)))


def contents(folder):
    """Every file below a folder with its bytes, hidden ones included."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
