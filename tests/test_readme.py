"""What the README shows is what the engine prints."""

import re
import subprocess
import sys

import click
import pytest

import riskengine
from riskengine.cli.output.colour import coloured
from tests.support.places import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Code blocks of the README by language."""
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)
    return [text for name, text in fenced if name == language]


@pytest.fixture(scope="module")
def decision(tmp_path_factory) -> subprocess.CompletedProcess[str]:
    """The README's own command, results elsewhere."""
    folder = tmp_path_factory.mktemp("readme")
    words = ["decide", "scenarios/ground-station.toml", "-o", str(folder / "run")]
    return subprocess.run(
        [sys.executable, "-m", "riskengine", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_decision_of_the_readme_is_the_decision_of_the_engine(decision):
    (quoted,) = [block for block in blocks("") if block.startswith("NO-GO")]
    assert quoted in decision.stdout
    assert decision.returncode == 10
    assert "The exit code is 10" in README


def test_the_comparison_of_the_readme_is_that_of_the_engine():
    (quoted,) = [block for block in blocks("") if block.startswith("ground-station-mitigated moves")]
    names = [f"scenarios/ground-station{end}.toml" for end in ("", "-mitigated")]
    done = subprocess.run(
        [sys.executable, "-m", "riskengine", "compare", *names], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(quoted)


def test_the_actions_of_the_readme_are_those_that_the_engine_buys():
    (quoted,) = [block for block in blocks("") if block.startswith("For the least P80")]
    words = ["mitigate", "scenarios/ferry-terminal.toml"]
    done = subprocess.run(
        [sys.executable, "-m", "riskengine", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(quoted)


def test_the_picture_shows_what_the_engine_prints(decision):
    text = re.sub(r"<[^>]+>", "", (ROOT / "docs/images/decide.svg").read_text(encoding="utf-8")).replace("&#160;", " ")
    lines = [line.strip() for line in decision.stdout.splitlines()]
    percentiles = [line for line in lines if re.match(r"P\d0 +\d+ \w+ 20\d\d", line)]
    assert len(percentiles) == 4
    assert [line for line in percentiles if line not in text] == []
    assert [line for line in lines[:6] if line not in text] == []


def test_the_picture_has_the_colours_that_a_terminal_shows():
    picture = (ROOT / "docs/images/decide.svg").read_text(encoding="utf-8")
    style = dict(re.findall(r"\.(riskengine-r\d) \{ fill: (#\w+);font-weight: bold", picture))
    words = re.findall(r'class="(riskengine-r\d)"[^>]*>(NO-GO|GO|UNDECIDED)<', picture)
    assert {word: style[name] for name, word in words} == {"NO-GO": "#cc555a", "GO": "#98a84b"}
    no_go, go = click.style("NO-GO", fg="red", bold=True), click.style("GO", fg="green", bold=True)
    assert coloured("NO-GO. GO.") == f"{no_go}. {go}."


def test_the_scenario_of_the_readme_is_a_scenario_that_is_no_go(tmp_path):
    (text,) = blocks("toml")
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    run = riskengine.decide(riskengine.read(tmp_path / "plan.toml"), iterations=2560)
    assert run.tables["gates"].to_pylist()[0]["answer"] == "fail"


def test_the_mitigated_scenario_is_as_long_as_the_readme_says():
    lines = (ROOT / "scenarios/ground-station-mitigated.toml").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line.strip() and not line.startswith("#")]) == 15
    assert "is fifteen lines on top of the first file" in README


def test_the_python_of_the_readme_runs(tmp_path, monkeypatch):
    (program,) = blocks("python")
    (tmp_path / "plan.toml").write_text(blocks("toml")[0], encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    printed = re.findall(r"^print.*  # (.*)$", program, flags=re.MULTILINE)
    assert printed == [done.stdout.splitlines()[0], done.stdout.splitlines()[-1]]
    assert (tmp_path / "results/plan/manifest.json").is_file()


def test_the_figures_of_the_readme_are_those_of_the_verification_page():
    page = (ROOT / "docs/verification.md").read_text(encoding="utf-8")
    quantities, cases, within, total = re.search(
        r"(\d+) quantities of (\d+) cases: (\d+) of (\d+) single runs", page
    ).groups()  # type: ignore[union-attr]
    wanted = f"{quantities} quantities of {cases} published or exact models, ten seeds each: {within} of {total} runs"
    assert wanted in README


@pytest.mark.parametrize("command", re.findall(r"^riskengine (\w+)", "\n".join(blocks("")), flags=re.MULTILINE))
def test_every_command_of_the_readme_exists(command):
    shown = subprocess.run([sys.executable, "-m", "riskengine", command, "--help"], capture_output=True, check=False)
    assert shown.returncode == 0
