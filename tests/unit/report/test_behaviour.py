"""What is said of people's use of time that is left, on the terminal."""

import tomllib

from riskengine.analysis import tables
from riskengine.engine import Settings, simulate
from riskengine.plan import compile
from riskengine.report.summary.terminal import render
from riskengine.results.run import assemble
from riskengine.scenario import parse

PLAN = """
schema = 1
name = "house"
start = 2027-03-01
[tasks.build]
duration = [8, 10, 15]
early_finish_passed_on = {share}
[tasks.paint]
duration = [3, 4, 6]
after = ["build"]
early_finish_passed_on = {other}
"""


def said(share: float, other: float = 1) -> str:
    sample = simulate(compile(parse(tomllib.loads(PLAN.format(share=share, other=other)), "house")), Settings(512))
    return " ".join(render(assemble(sample, tables(sample), "{}\n", "ab" * 32), width=100).split())


def test_where_everything_is_passed_on_nothing_is_said_of_it():
    assert "Early finishes" not in said(1)


def test_how_many_tasks_pass_on_how_much_is_said():
    assert "Early finishes 1 task passes on 50.0% of what is gained" in said(0.5)
    assert "Early finishes 2 tasks pass on 0% to 25.0% of what is gained" in said(0, 0.25)
