"""``riskengine serve`` says where the page is, ends by Ctrl-C as other commands do, and refuses what has no page."""

import importlib.util
import os
import select
import signal
import subprocess
from urllib.request import Request, urlopen

import pytest

from riskengine.cli import main
from riskengine.serve import server
from tests.support.command_line import command, environment

needs_serve = pytest.mark.skipif(
    any(importlib.util.find_spec(library) is None for library in server.LIBRARIES),
    reason="starlette and uvicorn are not installed",
)


@needs_serve
def test_a_page_is_served_until_the_process_is_interrupted(folder):
    words = command("serve", "plan.toml", "-n", "256", "--threads", "1")
    before = sorted(folder.iterdir())
    process = subprocess.Popen(
        words, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert select.select([process.stdout], [], [], 100)[0]
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:") and len(address.split("/")[3]) == 32
        with urlopen(Request(address), timeout=30) as response:
            assert "What if: Tiny" in response.read().decode()
        port = address.split(":")[2].split("/")[0]
        again = subprocess.run(
            [*words, "--port", port],
            cwd=folder,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )
        assert (again.returncode, again.stdout) == (2, "")
        assert f"error: RE682 port {port} is not to be had; give another --port" in again.stderr
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err.splitlines()[-2:] == ["open it in a browser of this machine; Ctrl-C ends it", "interrupted"]
    assert sorted(folder.iterdir()) == before


def test_a_missing_library_is_named_with_what_brings_it(folder, monkeypatch, capsys):
    monkeypatch.setattr(server, "find_spec", lambda name: None)
    assert main(["serve", "plan.toml"]) == 4
    captured = capsys.readouterr()
    assert captured.out == ""
    assert (
        captured.err
        == "error: RE680 starlette is not installed; run pip install '.[serve]' in riskengine's own folder\n"
    )


@pytest.mark.parametrize(
    ("words", "status", "text"),
    [
        (["faulty.toml"], 3, "faulty.toml:6: RE202 tasks.design.duration"),
        (["-"], 2, "serve is for a scenario in a file"),
        (["plan.toml", "--language", "xx"], 2, "RE943 no language 'xx'"),
        (["plan.toml", "--port", "70000"], 2, "65535"),
    ],
)
def test_what_cannot_be_served_is_refused(folder, monkeypatch, capsys, words, status, text):
    monkeypatch.setattr(server, "find_spec", lambda name: os)
    assert main(["serve", *words]) == status
    captured = capsys.readouterr()
    assert captured.out == "" and text in captured.err
