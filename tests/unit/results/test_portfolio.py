"""The portfolio of a batch on the disk."""

import errno
import os

import pytest

from riskengine.analysis import portfolio_gates_table, portfolio_row, portfolio_table, refused_row
from riskengine.errors import ResultsError
from riskengine.results.folder.portfolio import open_portfolio, write_portfolio
from tests.support.example_runs import example_run

FILES = ["portfolio.arrow", "portfolio_gates.arrow"]


def example_portfolio(*names):
    rows = [portfolio_row(name.removesuffix(".toml"), name, example_run()) for name in names]
    rows.append(refused_row("bad", "bad.toml", "refused", "RE101 unknown key"))
    return portfolio_table(rows), portfolio_gates_table(rows)


def test_a_portfolio_comes_back_as_it_was_written(tmp_path):
    table, gates = example_portfolio("a.toml")
    file = write_portfolio(tmp_path / "out", table, gates)
    assert file == tmp_path / "out" / "portfolio.arrow"
    assert open_portfolio(file).equals(table, check_metadata=True)
    assert open_portfolio(file.with_name("portfolio_gates.arrow")).equals(gates, check_metadata=True)


def test_a_portfolio_is_replaced_and_leaves_nothing_beside_it(tmp_path):
    (tmp_path / ".portfolio.arrow.new").write_text("left by a crash")
    write_portfolio(tmp_path, *example_portfolio("a.toml"))
    file = write_portfolio(tmp_path, *example_portfolio("a.toml", "b.toml"))
    assert open_portfolio(file)["scenario"].to_pylist() == ["a.toml", "b.toml", "bad.toml"]
    assert sorted(p.name for p in tmp_path.iterdir()) == FILES


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_full_disk_leaves_the_old_portfolio(tmp_path, monkeypatch, at):
    file = write_portfolio(tmp_path, *example_portfolio("a.toml"))
    before, calls = file.read_bytes(), []
    plain = os.fsync

    def fail(handle):
        calls.append(handle)
        if len(calls) == at:
            raise OSError(errno.ENOSPC, "No space left on device")
        plain(handle)

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ResultsError, match="No space left"):
        write_portfolio(tmp_path, *example_portfolio("b.toml"))
    assert sorted(p.name for p in tmp_path.iterdir()) == FILES
    # The gates come first; the last sync is that of the folder: by then the new portfolio is in its place.
    assert (file.read_bytes() == before) == (at < 4)


def test_a_table_that_is_no_portfolio_is_not_written(tmp_path):
    table, gates = example_portfolio("a.toml")
    for wrong in ((example_run().tables["gates"], gates), (table, table), (gates, table)):
        with pytest.raises(ValueError, match="portfolio"):
            write_portfolio(tmp_path, *wrong)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("make", [lambda p: None, lambda p: p.mkdir(), lambda p: p.write_bytes(b"ARROW1 what")])
def test_what_is_no_portfolio_is_refused(tmp_path, make):
    make(tmp_path / "portfolio.arrow")
    with pytest.raises(ResultsError):
        open_portfolio(tmp_path / "portfolio.arrow")
