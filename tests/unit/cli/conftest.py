"""A folder to work in, with scenarios in it."""

import pytest

from tests.support.command_line import FAULTY, plan


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty working directory with ``plan.toml`` (GO), ``open.toml`` (no gates) and ``faulty.toml``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("RISKENGINE_DEBUG", raising=False)
    (tmp_path / "plan.toml").write_text(plan(), encoding="utf-8")
    (tmp_path / "open.toml").write_text(plan(gate=False), encoding="utf-8")
    (tmp_path / "faulty.toml").write_text(FAULTY, encoding="utf-8")
    return tmp_path
