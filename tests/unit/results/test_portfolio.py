"""The portfolio of a batch on the disk."""

import errno
import os

import pytest

from riskengine.analysis import portfolio_row, portfolio_table, refused_row
from riskengine.errors import ResultsError
from riskengine.results.portfolio import open_portfolio, write_portfolio
from tests.support.example_runs import example_run


def example_portfolio(*names):
    rows = [portfolio_row(name, example_run()) for name in names]
    return portfolio_table([*rows, refused_row("bad.toml", "refused", "RE101 unknown key")])


def test_a_portfolio_comes_back_as_it_was_written(tmp_path):
    table = example_portfolio("a.toml")
    file = write_portfolio(tmp_path / "out", table)
    assert file == tmp_path / "out" / "portfolio.arrow"
    assert open_portfolio(file).equals(table, check_metadata=True)


def test_a_portfolio_is_replaced_and_leaves_nothing_beside_it(tmp_path):
    (tmp_path / ".portfolio.arrow.new").write_text("left by a crash")
    write_portfolio(tmp_path, example_portfolio("a.toml"))
    file = write_portfolio(tmp_path, example_portfolio("a.toml", "b.toml"))
    assert open_portfolio(file)["scenario"].to_pylist() == ["a.toml", "b.toml", "bad.toml"]
    assert [p.name for p in tmp_path.iterdir()] == ["portfolio.arrow"]


@pytest.mark.parametrize("at", [1, 2])
def test_a_full_disk_leaves_the_old_portfolio(tmp_path, monkeypatch, at):
    file = write_portfolio(tmp_path, example_portfolio("a.toml"))
    before, calls = file.read_bytes(), []
    plain = os.fsync

    def fail(handle):
        calls.append(handle)
        if len(calls) == at:
            raise OSError(errno.ENOSPC, "No space left on device")
        plain(handle)

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ResultsError, match="No space left"):
        write_portfolio(tmp_path, example_portfolio("b.toml"))
    assert [p.name for p in tmp_path.iterdir()] == ["portfolio.arrow"]
    # The second sync is that of the folder: by then the new file is in its place.
    assert (file.read_bytes() == before) == (at == 1)


def test_a_table_that_is_no_portfolio_is_not_written(tmp_path):
    with pytest.raises(ValueError, match="portfolio"):
        write_portfolio(tmp_path, example_run().tables["gates"])


@pytest.mark.parametrize("make", [lambda p: None, lambda p: p.mkdir(), lambda p: p.write_bytes(b"ARROW1 what")])
def test_what_is_no_portfolio_is_refused(tmp_path, make):
    make(tmp_path / "portfolio.arrow")
    with pytest.raises(ResultsError):
        open_portfolio(tmp_path / "portfolio.arrow")
