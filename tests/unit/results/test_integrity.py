"""No damaged, forged or foreign folder is read as results, and none ends in a traceback."""

import hashlib
import json
import os
import random
import shutil
import tracemalloc

import numpy as np
import pyarrow as pa
import pytest

import riskengine
from riskengine.errors import ResultsError
from riskengine.results.folder import manifest, part, store
from riskengine.results.folder.part import parse_table
from riskengine.results.provenance import FORMAT, run_id
from tests.support.example_runs import example_run
from tests.support.places import ROOT

FILES = (manifest.NAME, *manifest.PARTS)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "run"
    example_run(n=64).write(folder)
    return folder


@pytest.fixture
def folder(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "run")


def flip(path, bit):
    data = bytearray(path.read_bytes())
    data[bit // 8] ^= 1 << bit % 8
    path.write_bytes(data)


@pytest.mark.parametrize("name", FILES)
def test_any_flipped_bit_is_found_and_refused(folder, name):
    path = folder / name
    sound = path.read_bytes()
    for bit in random.Random(name).sample(range(8 * len(sound)), 60):
        flip(path, bit)
        problems = store.verify(folder)
        assert len(problems) == 1, (name, bit)
        assert name in problems[0]
        with pytest.raises(ResultsError):
            store.open_run(folder)
        path.write_bytes(sound)
    assert store.verify(folder) == []


def test_every_bit_of_the_manifest_counts(folder):
    path = folder / manifest.NAME
    sound = path.read_bytes()
    for bit in range(8 * len(sound)):
        changed = bytearray(sound)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ResultsError):
            manifest.parse(bytes(changed))
    assert manifest.parse(sound)["status"] == "complete"


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("keep", [0, 1, 10, -1])
def test_a_truncated_file_is_found_and_refused(folder, name, keep):
    path = folder / name
    path.write_bytes(path.read_bytes()[:keep])
    assert len(store.verify(folder)) == 1
    with pytest.raises(ResultsError):
        store.open_run(folder)


@pytest.mark.parametrize("name", manifest.PARTS)
def test_a_missing_part_is_named(folder, name):
    (folder / name).unlink()
    assert store.verify(folder) == [f"{name} is missing"]
    with pytest.raises(ResultsError, match="is missing") as caught:
        store.open_run(folder)
    assert caught.value.code == "RE703"


def test_an_extra_file_is_named(folder):
    (folder / "extra.arrow").write_bytes(b"x")
    assert store.verify(folder) == ["extra.arrow does not belong to the run"]


def test_two_parts_exchanged_are_found(folder):
    (folder / "tasks.arrow").rename(folder / "x")
    (folder / "risks.arrow").rename(folder / "tasks.arrow")
    (folder / "x").rename(folder / "risks.arrow")
    assert len(store.verify(folder)) == 2


def test_every_fault_is_found_at_once(folder):
    flip(folder / "gates.arrow", 999)
    (folder / "risks.arrow").unlink()
    (folder / "notes.txt").write_text("x")
    assert len(store.verify(folder)) == 3


@pytest.mark.parametrize(
    "make", [lambda p: p.mkdir(), lambda p: p.write_text("x"), lambda p: None, lambda p: p.symlink_to(p.name)]
)
def test_what_is_no_results_folder_is_said_so(tmp_path, make):
    make(tmp_path / "run")
    for call in (store.open_run, store.verify):
        with pytest.raises(ResultsError, match="not a results folder") as caught:
            call(tmp_path / "run")
        assert caught.value.code == "RE701"


def forge(folder, change):
    """Change a manifest and put the right checksum on it, as a forger would."""
    content = json.loads((folder / manifest.NAME).read_bytes())
    change(content)
    (folder / manifest.NAME).write_bytes(manifest.dump(manifest.seal(content, content["parts"])))


def reseal(folder, name, data):
    """Replace a part and put its checksum into the manifest, as a forger would."""
    (folder / name).write_bytes(data)
    sealed = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    forge(folder, lambda content: content["parts"].update({name: sealed}))


FORGERIES = {
    "incomplete": lambda c: c.update(status="running"),
    "later format": lambda c: c.update(format=FORMAT + 1),
    "former format": lambda c: c.update(format=FORMAT - 1),
    "format as text": lambda c: c.update(format="1"),
    "format true": lambda c: c.update(format=True),
    "no run": lambda c: c.pop("run"),
    "iterations as text": lambda c: c.update(iterations="many"),
    "part outside": lambda c: c["parts"].update({"../../secret": {"sha256": "", "bytes": 1}}),
    "part left out": lambda c: c["parts"].pop("gates.arrow"),
    "part without size": lambda c: c["parts"].update({"gates.arrow": {"sha256": ""}}),
    "part as text": lambda c: c["parts"].update({"gates.arrow": "x"}),
    "size true": lambda c: c["parts"]["gates.arrow"].update(bytes=True),
    "size beyond any file": lambda c: c["parts"]["gates.arrow"].update(bytes=10**30),
    "size of the scenario beyond any file": lambda c: c["parts"]["scenario.json"].update(bytes=10**4000),
    "format beyond counting": lambda c: c.update(format=10**4000),
    "endless status": lambda c: c.update(status="x" * 10**6),
    "endless name of a part": lambda c: c["parts"].update({"x" * 10**6: {"sha256": "", "bytes": 1}}),
    "no iterations": lambda c: c.update(iterations=0),
    "seed out of range": lambda c: c.update(seed=2**64),
    "id of another run": lambda c: c.update(run="0" * 16),
    "digest of another scenario": lambda c: c.update(digest="0" * 64),
    "start that is no date": lambda c: c.update(start="soon"),
    "negative size": lambda c: c["parts"]["gates.arrow"].update(bytes=-5),
    "target as number": lambda c: c.update(targets=[1]),
    "target twice": lambda c: c.update(targets=["a", "a"]),
    "other target": lambda c: c.update(targets=["elsewhere"]),
    "no target": lambda c: c.update(targets=[]),
    "other number of iterations": lambda c: c.update(iterations=65),
}


@pytest.mark.parametrize("change", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_manifest_is_refused(folder, change):
    forge(folder, change)
    with pytest.raises(ResultsError) as caught:
        store.open_run(folder)
    assert len(str(caught.value)) < 1000
    assert store.verify(folder) != []


ODD_TEXTS = {
    "half of a surrogate pair": lambda text: text.replace(b'"Chain', b'"\\ud800Chain', 1),
    "not a number": lambda text: text.replace(b'"seed": 1', b'"seed": NaN', 1),
    "infinite provenance": lambda text: text.replace(b'"provenance": {', b'"provenance": {"a": -Infinity, ', 1),
    "a key twice": lambda text: text.replace(b'"seed": 1', b'"seed": 1,\n  "seed": 1', 1),
    "too many digits": lambda text: text.replace(b'"seed": 1', b'"seed": ' + b"9" * 5000, 1),
    "deep provenance": lambda text: text.replace(
        b'"provenance": {', b'"provenance": {"a": ' + b"[" * 900 + b"]" * 900 + b", ", 1
    ),
    "exponent out of range": lambda text: text.replace(b'"seed": 1', b'"seed": 1e999', 1),
}


@pytest.mark.parametrize("change", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_an_odd_value_in_the_manifest_is_damage_and_no_fault_of_ours(folder, change):
    path = folder / manifest.NAME
    sound = path.read_bytes()
    path.write_bytes(change(sound))
    assert path.read_bytes() != sound
    assert len(store.verify(folder)) == 1
    with pytest.raises(ResultsError, match="damaged"):
        store.open_run(folder)


def with_scenario(folder, data):
    """Put another scenario into a run, with checksum, digest and id as a forger would."""
    digest = hashlib.sha256(data).hexdigest()
    reseal(folder, "scenario.json", data)

    def change(content):
        settings = (content["seed"], content["method"], content["iterations"])
        content.update(digest=digest, run=run_id(digest, *settings))

    forge(folder, change)


def test_a_forger_of_everything_is_believed(folder):
    """Otherwise the next two tests would show nothing."""
    with_scenario(folder, b'{"name": "Forged"}\n')
    assert store.open_run(folder).scenario_json == '{"name": "Forged"}\n'


def test_another_scenario_under_the_same_digest_is_found(folder):
    reseal(folder, "scenario.json", b'{"name": "Another"}\n')
    assert len(store.verify(folder)) == 1
    with pytest.raises(ResultsError, match="digest"):
        store.open_run(folder)


@pytest.mark.parametrize(
    "data",
    [b"", b"null", b"[]", b'{"a": NaN}', b'{"a": 1, "a": 2}', b"{" * 50_000, b"[" * 200_000, b'{"a": ' + b"9" * 5000],
)
def test_a_scenario_that_is_no_json_object_is_damage(folder, data):
    with_scenario(folder, data)
    assert len(store.verify(folder)) == 1
    with pytest.raises(ResultsError, match=r"scenario\.json"):
        store.open_run(folder)


IN_THE_PARTS = {"other target", "no target", "other number of iterations"}
"""Forgeries that only a look into the parts can find."""


@pytest.mark.parametrize("name", sorted(set(FORGERIES) - IN_THE_PARTS))
def test_a_forged_manifest_is_refused_before_its_parts_are_read(folder, name):
    forge(folder, FORGERIES[name])
    with pytest.raises(ResultsError):
        manifest.parse((folder / manifest.NAME).read_bytes())


def test_results_of_a_later_version_are_named_as_such(folder):
    forge(folder, lambda content: content.update(format=FORMAT + 1))
    with pytest.raises(ResultsError, match=f"reads format {FORMAT}") as caught:
        store.open_run(folder)
    assert caught.value.code == "RE704"


def test_results_of_a_former_version_are_simulated_again_from_their_own_scenario(tmp_path):
    """The cure that the refusal names gives the same run in the same place."""
    folder = tmp_path / "run"
    run = riskengine.simulate(ROOT / "scenarios/minimal.toml", iterations=300, seed=7, method="lhs")
    run.write(folder)
    forge(folder, lambda content: content.update(format=FORMAT - 1))
    with pytest.raises(ResultsError, match=f"reads format {FORMAT}") as caught:
        store.open_run(folder)
    assert caught.value.code == "RE704" and "scenario.json" in caught.value.cure
    again = riskengine.simulate(folder / "scenario.json", iterations=300, seed=7, method="lhs")
    again.write(folder)
    assert store.open_run(folder).manifest["run"] == run.manifest["run"]


def test_a_manifest_too_large_or_too_deep_is_refused(folder):
    for text in (b"[" * 200_000, b" " * (manifest.LARGEST + 1), b"\xff\xfe", b"null", b"[]", b'{"engine": []}'):
        (folder / manifest.NAME).write_bytes(text)
        with pytest.raises(ResultsError):
            store.open_run(folder)


@pytest.mark.parametrize("name", FILES)
def test_links_are_not_followed(folder, tmp_path, name):
    (folder / name).rename(tmp_path / "moved")
    (folder / name).symlink_to(tmp_path / "moved")
    with pytest.raises(ResultsError, match="not a plain file"):
        store.open_run(folder)


def test_a_pipe_is_refused_and_not_waited_for(folder):
    (folder / "gates.arrow").unlink()
    os.mkfifo(folder / "gates.arrow")
    with pytest.raises(ResultsError, match="not a plain file"):
        store.open_run(folder)


def arrow(table, options=None):
    """The bytes of a table as an Arrow file."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def gates_of(folder):
    return store.open_run(folder).tables["gates"]


def with_column(table, index, array, nullable=False):
    field = table.schema.field(index)
    changed = pa.field(field.name, array.type, nullable, field.metadata)
    return table.set_column(index, changed, array)


STRANGERS = {
    "no rows of ours": lambda t: t.drop_columns(["answer"]),
    "a column more": lambda t: t.append_column("more", pa.array([1])),
    "columns in another order": lambda t: t.select(t.schema.names[::-1]),
    "another type": lambda t: with_column(t, 5, pa.array([1], pa.float32())),
    "other metadata": lambda t: t.replace_schema_metadata({}),
    "another unit": lambda t: t.cast(t.schema.set(5, t.schema.field(5).with_metadata({"unit": "percent"}))),
    "an extension type": lambda t: with_column(t, 5, pa.array([b"0" * 16], pa.uuid())),
    "nullable where it may not be": lambda t: with_column(t, 5, pa.array([None], pa.float64()), nullable=True),
}


@pytest.mark.parametrize("change", STRANGERS.values(), ids=STRANGERS)
def test_a_table_with_other_columns_is_refused_even_with_the_right_checksum(folder, change):
    reseal(folder, "gates.arrow", arrow(change(gates_of(folder))))
    with pytest.raises(ResultsError, match=r"gates\.arrow"):
        store.open_run(folder)
    assert len(store.verify(folder)) == 1


def test_nulls_where_there_may_be_none_are_refused(folder):
    table = gates_of(folder)
    columns = [pa.nulls(1, f.type) if f.name == "confidence" else table[f.name].combine_chunks() for f in table.schema]
    batch = pa.RecordBatch.from_arrays(columns, schema=table.schema)
    reseal(folder, "gates.arrow", arrow(pa.Table.from_batches([batch])))
    with pytest.raises(ResultsError, match="nulls in confidence"):
        store.open_run(folder)


def test_text_that_is_not_utf8_is_refused(folder):
    table = gates_of(folder)
    bad = pa.Array.from_buffers(pa.utf8(), 1, [None, pa.py_buffer(np.array([0, 2], "i4")), pa.py_buffer(b"\xff\xfe")])
    reseal(folder, "gates.arrow", arrow(with_column(table, 0, bad)))
    with pytest.raises(ResultsError, match="damaged"):
        store.open_run(folder)
    with_scenario(folder, b"\xff\xfe")
    with pytest.raises(ResultsError, match="UTF-8"):
        store.open_run(folder)


def test_bits_flipped_by_a_forger_give_a_table_or_a_refusal_and_never_a_traceback(folder):
    sound = (folder / "percentiles.arrow").read_bytes()
    rng = random.Random(5)
    refused = 0
    for _ in range(3000):
        data = bytearray(sound)
        for _ in range(rng.choice((1, 1, 2, 8))):
            bit = rng.randrange(8 * len(data))
            data[bit // 8] ^= 1 << bit % 8
        try:
            table = parse_table("percentiles", bytes(data), ("t0001",))
        except ResultsError:
            refused += 1
        else:
            assert table.num_columns == 9
    assert refused > 500


@pytest.mark.parametrize("data", [b"", b"ARROW1", b"ARROW1\0\0" * 100, b"PK\3\4", b"\0" * 5000])
def test_what_is_no_arrow_file_is_refused(data):
    with pytest.raises(ResultsError, match="not an Arrow file"):
        parse_table("gates", data, ())


def grow(folder, name, size):
    """Make a part as large as a file with holes, and say so in the manifest, as a forger would."""
    with (folder / name).open("r+b") as file:
        file.truncate(size)
    forge(folder, lambda content: content["parts"].update({name: {"sha256": "0" * 64, "bytes": size}}))


@pytest.mark.parametrize("name", manifest.PARTS)
def test_a_part_of_a_tebibyte_is_refused_before_it_is_read(folder, name):
    try:
        grow(folder, name, 2**40)
    except OSError as error:
        pytest.skip(f"the file system has no such files: {error}")
    assert len(store.verify(folder)) == 1
    with pytest.raises(ResultsError, match=f"part {name}"):
        store.open_run(folder)


def test_a_part_that_does_not_fit_into_memory_is_refused_before_it_is_read(folder, monkeypatch):
    grow(folder, "tasks.arrow", 2**29)
    monkeypatch.setenv("RISKENGINE_MEMORY_GB", "0.5")
    with pytest.raises(ResultsError, match=r"needs 1\.1 GB of memory") as caught:
        store.open_run(folder)
    assert caught.value.code == "RE708"


def test_verify_takes_no_memory_for_what_it_checks(tmp_path, monkeypatch):
    """It read each part whole: of a run that fits no more into memory it said that a part needs so much of it."""
    folder = tmp_path / "run"
    made = example_run(n=200_000)
    made.write(folder)
    size = (folder / "iterations.arrow").stat().st_size
    assert made.tables["iterations"].num_rows > 3 * manifest.BATCH_ROWS
    monkeypatch.setattr(part, "SMALL_BYTES", 0)
    monkeypatch.setattr(part, "memory_limit", lambda: size // 2)
    with pytest.raises(ResultsError, match="of memory to read"):
        store.open_run(folder)
    tracemalloc.start()
    try:
        assert store.verify(folder) == []
        assert tracemalloc.get_traced_memory()[1] < 2**23 < size
    finally:
        tracemalloc.stop()


def test_what_a_run_writes_is_not_too_large_to_be_read(folder):
    content = manifest.parse((folder / manifest.NAME).read_bytes())
    for name, sealed in content["parts"].items():
        assert sealed["bytes"] <= manifest.largest(name, content)
