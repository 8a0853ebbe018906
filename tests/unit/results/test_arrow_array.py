"""Arrow arrays that are made without pandas are those that pyarrow makes, to the byte."""

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest

from riskengine.results.tables.arrow_array import arrow_array, numpy_of, rows_at
from tests.support.places import ROOT
from tests.unit.cli.test_documents import loaded

FLOAT, INT, TEXT, TRUTH, TIME = pa.float64(), pa.int64(), pa.utf8(), pa.bool_(), pa.timestamp("us")
DAY, NAN, NAT = datetime(2027, 3, 1, 8, 30), float("nan"), np.datetime64("NaT", "us")
VALUES = {
    "floats": (np.array([1.5, -0.0, 3e300]), FLOAT),
    "floats with NaN": (np.array([1.5, NAN, 3.0]), FLOAT),
    "every other float": (np.arange(20.0)[::2], FLOAT),
    "no floats": (np.zeros(0), FLOAT),
    "listed floats": ([1.0, np.float64(2.5), 3.0], FLOAT),
    "listed floats with gaps": ([None, 2.5, NAN, *range(0)], FLOAT),
    "listed ints as floats": ([1, 2, None], FLOAT),
    "nothing": ([None, None], FLOAT),
    "empty list": ([], FLOAT),
    "ints": (np.array([1, -(2**62)]), INT),
    "small ints": (np.array([1, -2], np.int32), INT),
    "listed ints": ([1, -(2**62)], INT),
    "listed ints with gaps": ([None, 7], INT),
    "texts": (["a", "", "ä€\U0001f600", None, "\0"], TEXT),
    "no texts": ([], TEXT),
    "an array of texts": (np.array(["x", None, "yy"], object), TEXT),
    "texts by threes": (("abc",) * 9, TEXT),
    "truths": ([True, False, True] * 5, TRUTH),
    "an array of truths": (np.array([False] * 9 + [True]), TRUTH),
    "truths with gaps": ([True, None], TRUTH),
    "instants": (np.array([DAY, DAY], "M8[us]"), TIME),
    "instants with gaps": (np.array([DAY, NAT, DAY], "M8[us]"), TIME),
    "listed instants": ([DAY, None, np.datetime64("2028-02-29T12", "us"), DAY], TIME),
    "listed instants of a zone": ([DAY.replace(tzinfo=UTC), None], TIME),
}


@pytest.mark.parametrize("is_nan_null", [False, True])
@pytest.mark.parametrize("name", VALUES)
def test_what_comes_out_is_what_pyarrow_makes(name, is_nan_null):
    values, kind = VALUES[name]
    made, told = arrow_array(values, kind, is_nan_null=is_nan_null), pa.array(values, kind, from_pandas=is_nan_null)
    made.validate(full=True)
    assert made.type == told.type
    assert made.null_count == told.null_count
    assert repr(made.to_pylist()) == repr(told.to_pylist())
    assert file_of(made) == file_of(told)


def file_of(array):
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, pa.schema([pa.field("x", array.type)])) as writer:
        writer.write_table(pa.table([array], names=["x"]))
    return sink.getvalue().to_pybytes()


@pytest.mark.parametrize(("values", "kind"), [([2**63], INT), (["x"], FLOAT), ([7], TEXT), (["\ud800"], TEXT)])
def test_what_does_not_fit_is_refused_as_by_pyarrow(values, kind):
    with pytest.raises(Exception) as told:
        pa.array(values, kind)
    with pytest.raises(type(told.value)):
        arrow_array(values, kind)


def test_arrays_are_wrapped_not_copied():
    values = np.zeros(8)
    array = arrow_array(values, FLOAT)
    values[3] = 7.0
    assert array[3].as_py() == 7.0


COLUMNS = {
    "floats": pa.chunked_array([pa.array([1.5, float("nan")]), pa.array([2.0])]),
    "a part": pa.chunked_array([pa.array([1.0, 2.0, 3.0, 4.0]).slice(1, 2)]),
    "instants": pa.chunked_array([pa.array([DAY, DAY], TIME)]),
    "ints with a gap": pa.chunked_array([pa.array([1, None])]),
    "no chunks": pa.chunked_array([], FLOAT),
    "one array": pa.array([4, 5]),
    "texts": pa.array(["x"]),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_read_as_pyarrow_reads_them(name):
    made, told = numpy_of(COLUMNS[name]), np.array(COLUMNS[name].to_numpy(zero_copy_only=False))
    assert made.dtype == told.dtype
    np.testing.assert_array_equal(made, told)


def test_what_is_read_of_a_column_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        numpy_of(arrow_array(np.zeros(4), FLOAT))[0] = 1.0


def test_rows_are_taken_by_their_places():
    table = pa.table({"x": ["a", "b", "c"]})
    assert rows_at(table, [2, 0])["x"].to_pylist() == ["c", "a"]
    assert rows_at(table, []).num_rows == 0


def test_a_run_loads_neither_pandas_nor_what_only_correlation_needs(tmp_path):
    pytest.importorskip("pandas")
    words = ("simulate", str(ROOT / "scenarios" / "ground-station.toml"), "-n", "256", "-o", "out")
    assert loaded(tmp_path, "pandas scipy.optimize scipy.sparse", *words).endswith("results in out\n")
