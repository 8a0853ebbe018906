"""A real client of the SDK over standard input and output, against the command that assistants start."""

import hashlib
import json
import os
import sys
from pathlib import Path

import anyio
import pytest
from mcp import Client, StdioServerParameters

from riskengine.cli import main
from tests.support.command_line import FAULTY, plan

SECRET = "schema = 1\nname = 'secret'\nstart = 2027-03-01\n[tasks.hidden]\nduration = 5\n"


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """A folder that is opened, and one beside it that is not, to which much leads."""
    root = tmp_path_factory.mktemp("assistant")
    opened, closed = root / "opened", root / "closed"
    opened.mkdir()
    closed.mkdir()
    (closed / "secret.toml").write_text(SECRET, encoding="utf-8")
    (closed / "tasks.csv").write_text("id,duration\nhidden,5\n", encoding="utf-8")
    head = "schema = 1\nname = 'x'\nstart = 2027-03-01\n"
    (opened / "plan.toml").write_text(plan(), encoding="utf-8")
    (opened / "longer.toml").write_text(plan().replace("duration = 5", "duration = 6", 1), encoding="utf-8")
    (opened / "faulty.toml").write_text(FAULTY, encoding="utf-8")
    (opened / "child.toml").write_text("schema = 1\nextends = '../closed/secret.toml'\n", encoding="utf-8")
    (opened / "chain.toml").write_text("schema = 1\nextends = 'child.toml'\n", encoding="utf-8")
    (opened / "riskengine.toml").write_text("[simulate]\niterations = 999999\n", encoding="utf-8")
    (opened / "link.toml").symlink_to(closed / "secret.toml")
    (opened / "door").symlink_to(closed)
    (opened / "linked.csv").symlink_to(closed / "tasks.csv")
    (opened / "through.toml").write_text(f"{head}tasks_file = 'linked.csv'\n", encoding="utf-8")
    assert main(["simulate", str(opened / "plan.toml"), "-o", str(opened / "RE202"), "-n", "256", "-q"]) == 0
    return opened, closed


def state(folder: Path):
    """Every file of a folder with its content: what a call must not change."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def asked(folder, *calls, options=()):
    """Start the command once, make these calls, and return what it lists and what each call came to."""
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "riskengine", "mcp", str(folder), *options], env=dict(os.environ)
    )

    async def converse():
        async with Client(server) as client:
            listed = await client.list_tools()
            return listed.tools, [await client.call_tool(name, arguments) for name, arguments in calls]

    return anyio.run(converse)


@pytest.fixture(scope="module")
def conversation(folders):
    """One process, asked for everything once; by name what each call came to, and the folder before and after."""
    opened, _ = folders
    short = {"iterations": 256}
    calls = {
        "check": ("check", {"plan": "plan.toml"}),
        "refused": ("simulate", {"plan": "faulty.toml"} | short),
        "simulate": ("simulate", {"plan": "plan.toml", "seed": 3} | short),
        "decide": ("decide", {"plan": "plan.toml"} | short),
        "drivers": ("drivers", {"source": "RE202", "top": 2}),
        "compare": ("compare", {"before": "plan.toml", "after": "longer.toml"} | short),
        "explain": ("explain", {"source": "RE202", "audience": "customer", "language": "de"}),
        "chain": ("check", {"plan": "chain.toml"}),
        "through": ("check", {"plan": "through.toml"}),
        "outside": ("check", {"plan": "../closed/secret.toml"}),
        "link": ("check", {"plan": "link.toml"}),
        "many": ("simulate", {"plan": "plan.toml", "iterations": 2000}),
    }
    before = state(opened)
    tools, results = asked(opened, *calls.values(), options=["--max-iterations", "1000"])
    return tools, dict(zip(calls, results, strict=True)), before == state(opened)


def test_the_six_verbs_are_listed_as_read_only(conversation):
    tools, _, _ = conversation
    assert [tool.name for tool in tools] == ["check", "simulate", "decide", "drivers", "compare", "explain"]
    assert all(tool.annotations.read_only_hint for tool in tools)
    assert tools[1].input_schema["properties"]["iterations"]["maximum"] == 1000


def test_nothing_is_written(conversation):
    assert conversation[2]


@pytest.mark.parametrize("name", ["check", "simulate", "decide", "drivers", "compare", "explain"])
def test_each_verb_answers_with_its_object(conversation, name):
    result = conversation[1][name]
    assert not result.is_error and "result" in result.structured_content
    assert json.loads(result.content[0].text) == result.structured_content


def test_the_answers_are_those_of_the_command_line(conversation):
    _, results, _ = conversation
    told = {name: result.structured_content.get("result") for name, result in results.items()}
    run = told["simulate"]["run"]
    assert (run["seed"], run["iterations"]) == (3, 256)
    assert told["decide"]["decision"] == "go" and results["decide"].structured_content["exit_status"] == 0
    assert (told["explain"]["audience"], told["explain"]["language"]) == ("customer", "de")
    assert told["compare"]["before"] == "plan"


def test_faults_come_back_with_code_line_and_cure(conversation):
    content = json.dumps(conversation[1]["refused"].structured_content)
    assert conversation[1]["refused"].structured_content["exit_status"] == 3
    assert '"code": "RE' in content and '"line": ' in content and "Traceback" not in content


@pytest.mark.parametrize("name", ["chain", "through", "outside", "link"])
def test_what_leads_outside_is_refused(conversation, name):
    result = conversation[1][name]
    text = json.dumps(result.structured_content)
    assert "RE117" in text or "RE672" in text
    assert "hidden" not in text and "Traceback" not in text


def test_iterations_have_a_limit(conversation):
    error = conversation[1]["many"].structured_content["error"]
    assert error["code"] == "RE673" and "1,000" in error["message"] and "--max-iterations" in error["cure"]


def test_a_call_that_takes_too_long_is_ended(folders):
    # A second is less than it takes to load the libraries and to run as many futures.
    call = ("drivers", {"source": "plan.toml", "iterations": 5_000_000})
    options = ["--max-seconds", "1", "--max-iterations", "5000000"]
    _, (result, after) = asked(folders[0], call, ("explain", {"source": "nowhere"}), options=options)
    assert result.is_error and result.structured_content["error"]["code"] == "RE674"
    assert after.structured_content["error"]["code"] == "RE672"
