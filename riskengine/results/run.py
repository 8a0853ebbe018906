"""The record of a run: what was computed, from what, and by what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from riskengine.results.provenance import ENGINE, FORMAT, NUMBERS, engine_version, libraries, run_id
from riskengine.results.samples.sample import Sample


@dataclass(frozen=True)
class RunRecord:
    """One run of one scenario, in memory or read from its folder: facts and tables, without anything computed on them.

    Parameters
    ----------
    manifest : dict
        ``run`` (id), ``digest``, ``name``, ``project``, ``currency``, ``start``, ``targets``, ``seed``, ``method``,
        ``iterations``, ``table_error``, ``engine``, ``version``, ``numbers``, ``format``, ``status``, ``provenance``;
        and in a run read from a folder ``parts`` (SHA-256 and size of every file) and ``checksum`` (of the manifest
        itself).
    scenario_json : str
        The resolved scenario, canonical.
    tables : mapping of str to pyarrow.Table
        The tables of ``registry.RUN_TABLES``; of a run in memory each is made when it is first read.
    """

    manifest: dict[str, Any]
    scenario_json: str
    tables: Mapping[str, pa.Table]


def assemble(sample: Sample, tables: Mapping[str, pa.Table], scenario_json: str, digest: str) -> RunRecord:
    """Return the record of a sample: its tables under a manifest that says where they come from.

    Parameters
    ----------
    sample : Sample
    tables : mapping of str to pyarrow.Table
        What ``analysis.tables.run(sample)`` returns.
    scenario_json : str
        The resolved scenario, canonical.
    digest : str
        SHA-256 of the resolved scenario.
    """
    return RunRecord(manifest_of(facts_of(sample), digest), scenario_json, tables)


def facts_of(sample: Sample) -> dict[str, Any]:
    """Return what a manifest says of a sample, without what names its scenario."""
    return {
        "name": sample.name,
        "project": sample.project,
        "currency": sample.currency,
        "start": str(sample.start.astype("datetime64[s]")),
        "targets": list(sample.target[1:]),
        "seed": int(sample.seed),
        "method": sample.method,
        "iterations": int(sample.iterations),
        "table_error": float(sample.table_error),
        "engine": ENGINE,
        "version": engine_version(),
        "numbers": NUMBERS,
        "format": FORMAT,
        "status": "complete",
        "provenance": libraries(),
    }


def manifest_of(facts: Mapping[str, Any], digest: str) -> dict[str, Any]:
    """Return the manifest of a run of the scenario with this SHA-256."""
    run = run_id(digest, facts["seed"], facts["method"], facts["iterations"])
    return {"run": run, "digest": digest, **facts}
