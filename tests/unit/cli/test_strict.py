"""``--strict``: correlations that cannot all be had are refused, in place of taking the nearest."""

import pytest

from riskengine.cli import main
from tests.support.command_line import plan

CONTRARY = '[correlations.x]\npairs = { "one/two" = 0.9, "two/three" = 0.9, "one/three" = -0.9 }\n'
TASKS = "".join(f"[tasks.{name}]\nduration = [3, 5, 9]\n" for name in ("one", "two", "three"))


@pytest.fixture
def contrary(folder):
    (folder / "contrary.toml").write_text(plan() + TASKS + CONTRARY, encoding="utf-8")
    return folder


@pytest.mark.parametrize("words", [("simulate", "-n", "256", "--no-write"), ("decide", "-n", "256"), ("check",)])
def test_what_cannot_all_be_had_is_refused_with_strict(contrary, words, capsys):
    assert main([*words, "contrary.toml"]) != 3
    capsys.readouterr()
    assert main([*words, "contrary.toml", "--strict"]) == 3
    err = capsys.readouterr().err
    assert "contrary.toml:" in err
    assert "RE330 correlations.x: not all can go together as asked" in err
    assert "the least eigenvalue rises from -0.8" in err


def test_a_batch_refuses_it_with_strict(contrary, capsys):
    assert main(["batch", "contrary.toml", "plan.toml", "--strict", "-n", "256", "-o", "all"]) == 3
    assert "RE330" in capsys.readouterr().err
    assert (contrary / "all" / "plan").is_dir()
    assert not (contrary / "all" / "contrary").exists()


def test_what_can_be_had_is_run_with_strict(folder, capsys):
    (folder / "sound.toml").write_text(plan() + TASKS + CONTRARY.replace("-0.9", "0.9"), encoding="utf-8")
    assert main(["simulate", "sound.toml", "--strict", "--no-write", "-n", "256"]) == 0
