"""``simulate --shard`` and ``merge``: the run of one machine, from parts that were simulated apart."""

import filecmp
import json

import pytest

import riskengine
from riskengine.cli import main
from riskengine.results.folder import shard as shard_files
from tests.support.command_line import plan
from tests.support.places import ROOT

ITERATIONS = ["-n", "1500"]
"""Six blocks, the last one cut."""


def simulate_shards(scenario, count, *words, to="parts"):
    """Simulate all shards of a run, the last one first, each to a file named after its number."""
    for number in range(count, 0, -1):
        words_of_shard = ["--shard", f"{number}/{count}", "-o", f"{to}/part{number}"]
        assert main(["simulate", str(scenario), *ITERATIONS, *words, *words_of_shard]) == 0


def same_files(one, other):
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in other.iterdir())
    return filecmp.cmpfiles(one, other, names, shallow=False)[0] == names


@pytest.fixture
def parts(folder, capsys):
    """The folder with the three shards of the plan in ``parts``."""
    simulate_shards("plan.toml", 3)
    capsys.readouterr()
    return folder


def refused(capsys, *words):
    """What is said of shards that make no run; nothing is written."""
    assert main(["merge", *words, "-o", "out"]) == 4
    out, err = capsys.readouterr()
    assert out == ""
    return err


@pytest.mark.parametrize("count", [1, 4, 9])
@pytest.mark.parametrize("method", ["sobol", "lhs", "random"])
def test_merged_shards_are_the_run_of_one_machine_byte_for_byte(folder, capsys, count, method):
    assert main(["simulate", "plan.toml", *ITERATIONS, "--method", method, "-o", "whole"]) == 0
    said = capsys.readouterr().out
    simulate_shards("plan.toml", count, "--method", method)
    capsys.readouterr()
    assert main(["merge", "parts", "-o", "merged"]) == 0
    assert capsys.readouterr().out == said
    assert same_files(folder / "whole", folder / "merged")


@pytest.mark.parametrize("name", ["building-extension-one-gang", "ferry-terminal", "viaduct"])
def test_shards_of_shipped_scenarios_are_their_run(folder, capsys, name):
    """One is levelled, the others have actions, lost days, projects."""
    path = ROOT / f"scenarios/{name}.toml"
    assert main(["simulate", str(path), *ITERATIONS, "--seed", "0", "-o", "whole"]) == 0
    simulate_shards(path, 2, "--seed", "0")
    assert main(["merge", "parts/part2", "parts/part1", "-o", "merged"]) == 0
    assert same_files(folder / "whole", folder / "merged")


def test_a_shard_says_what_it_is(folder, capsys):
    assert main(["simulate", "plan.toml", *ITERATIONS, "--shard", "3/3"]) == 0
    assert capsys.readouterr().out == "shard 3 of 3, 476 iterations: plan.shard-3-of-3\n"
    assert main(["simulate", "plan.toml", *ITERATIONS, "--shard", "3/3", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found == {"shard": 3, "shards": 3, "iterations": 476, "file": "plan.shard-3-of-3", "is_new": False}


def test_a_shard_that_is_there_is_not_simulated_again_and_a_damaged_one_is(parts, capsys):
    part = parts / "parts/part2"
    content = part.read_bytes()
    stamp = part.stat().st_mtime_ns
    simulate_shards("plan.toml", 3)
    assert part.stat().st_mtime_ns == stamp
    assert capsys.readouterr().err.count("nothing was simulated") == 3
    part.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    simulate_shards("plan.toml", 3)
    assert part.read_bytes() == content
    simulate_shards("plan.toml", 3, "--seed", "2")
    assert part.read_bytes() != content


def test_shards_that_are_missing_or_doubled_are_named(parts, capsys):
    err = refused(capsys, "parts/part1", "parts/part1", "parts/part3")
    assert "RE751" in err
    assert "shard 1 is there 2 times: part1, part1" in err
    assert "of 3 shards 1 is missing: 2" in err
    assert not (parts / "out").exists()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--seed", "7"], "seed 7 and not 1"),
        (["--method", "lhs"], "method lhs and not sobol"),
        (["-n", "1600"], "iterations 1600 and not 1500"),
        (["--no-contributions"], "contributions False and not True"),
    ],
)
def test_a_shard_of_another_run_is_named(parts, capsys, words, reason):
    assert main(["simulate", "plan.toml", *ITERATIONS, *words, "--shard", "2/3", "-o", "other"]) == 0
    capsys.readouterr()
    err = refused(capsys, "parts/part1", "other", "parts/part3")
    assert f"other is of another run than part1: {reason}" in err


def test_a_shard_of_another_scenario_or_version_is_named(parts, capsys, monkeypatch):
    (parts / "plan.toml").write_text(plan(name="Another"), encoding="utf-8")
    assert main(["simulate", "plan.toml", *ITERATIONS, "--shard", "2/3", "-o", "other"]) == 0
    capsys.readouterr()
    assert "another scenario" in refused(capsys, "parts/part1", "other", "parts/part3")
    monkeypatch.setattr("riskengine.results.provenance.NUMBERS", 999)
    assert "part1 was computed by other versions than these: numbers" in refused(capsys, "parts")


def test_every_damaged_byte_is_found(parts, capsys):
    path = parts / "parts/part1"
    content = path.read_bytes()
    header = content.index(b"}\n\x00") if b"}\n\x00" in content else 4000
    places = {*range(30), *range(30, header, 397), *range(header, len(content), 997), len(content) - 1}
    for place in sorted(places):
        path.write_bytes(content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :])
        with pytest.raises(riskengine.ResultsError) as refusal:
            shard_files.open_shard(path).arrays()
        assert refusal.value.code in ("RE750", "RE702")
    for cut in (0, 5, 20, 600, len(content) // 2, len(content) - 1):
        path.write_bytes(content[:cut])
        with pytest.raises(riskengine.ResultsError):
            shard_files.open_shard(path).arrays()
    path.write_bytes(content + b"x")
    assert "part1 is damaged" in refused(capsys, "parts/part1", "parts/part2", "parts/part3")
    assert not (parts / "out").exists()


def test_a_forged_shard_takes_no_memory(parts):
    """A header that is sealed anew and claims a terabyte is refused by the size of its file."""
    file = shard_files.open_shard(parts / "parts/part1")
    header = {key: value for key, value in file.header.items() if key not in ("parts", "checksum")}
    shapes = [[name, kind, [10**12] if name == "cost" else shape] for name, kind, shape in header["shapes"]]
    part = {"sha256": file.header["parts"]["arrays"]["sha256"], "bytes": 8 * 10**12}
    text = shard_files.manifest.dump(shard_files.manifest.seal(header | {"shapes": shapes}, {"arrays": part}))
    (parts / "forged").write_bytes(b"riskengine shard %012d\n" % len(text) + text)
    with pytest.raises(riskengine.ResultsError, match="not as large"):
        shard_files.open_shard(parts / "forged")


def test_files_of_others_are_neither_merged_nor_replaced(parts, capsys):
    err = refused(capsys, "plan.toml", "parts/part1", "parts/part2", "parts/part3")
    assert "plan.toml is no file of a shard" in err
    text = (parts / "plan.toml").read_text(encoding="utf-8")
    assert main(["simulate", "open.toml", *ITERATIONS, "--shard", "1/2", "-o", "plan.toml"]) == 4
    assert "RE705" in capsys.readouterr().err
    assert (parts / "plan.toml").read_text(encoding="utf-8") == text
    assert main(["merge", "nowhere", "-o", "out"]) == 4
    assert "nowhere is missing" in capsys.readouterr().err


def test_a_shard_that_cannot_be_written_leaves_what_was_there(parts, capsys, monkeypatch):
    content = (parts / "parts/part1").read_bytes()

    def no_space(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("riskengine.results.folder.part.HashingFile.sync", no_space)
    assert main(["simulate", "plan.toml", *ITERATIONS, "--seed", "2", "--shard", "1/3", "-o", "parts/part1"]) == 4
    assert "No space left" in capsys.readouterr().err
    assert (parts / "parts/part1").read_bytes() == content
    assert sorted(path.name for path in (parts / "parts").iterdir()) == ["part1", "part2", "part3"]


@pytest.mark.parametrize("text", ["0/3", "4/3", "3", "a/b", "-1/3", "1/0", "1/9999999", "1.5/3"])
def test_a_shard_is_a_number_of_a_number(folder, capsys, text):
    assert main(["simulate", "plan.toml", f"--shard={text}"]) == 2
    assert "write --shard 3/64" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--until", "4096"], ["--rho", "0,0.5"], ["--no-write"], ["--brief"]])
def test_what_asks_the_whole_run_is_refused_of_a_shard(folder, capsys, words):
    assert main(["simulate", "plan.toml", "-n", "256", *words, "--shard", "1/2"]) == 2
    assert "shard" in capsys.readouterr().err


def test_merging_asks_where_to(parts, capsys):
    assert main(["merge", "parts"]) == 2
    assert "--no-write" in capsys.readouterr().err
    assert main(["merge", "parts", "--no-write", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["run"]["iterations"] == 1500


def test_the_verbs_of_python_do_the_same(parts, capsys):
    assert not riskengine.simulate_shard("plan.toml", "parts/part1", number=1, count=3, iterations=1500)
    assert riskengine.simulate_shard("plan.toml", "more/part1", number=1, count=3, iterations=1500)
    assert (parts / "more/part1").read_bytes() == (parts / "parts/part1").read_bytes()
    run = riskengine.merge(f"parts/part{number}" for number in (3, 1, 2))
    whole = riskengine.simulate("plan.toml", iterations=1500)
    assert run.manifest == whole.manifest
    assert all(run.tables[name].equals(whole.tables[name]) for name in whole.tables)
    with pytest.raises(riskengine.UsageError):
        riskengine.simulate_shard("plan.toml", "x", number=4, count=3)
