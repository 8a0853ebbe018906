"""Writing scenarios for tests, and looking at the faults of those that are refused."""

from pathlib import Path
from tempfile import TemporaryDirectory

from riskengine.errors import Issue, ScenarioError
from riskengine.model import Scenario
from riskengine.reading import correlations
from riskengine.scenario import read
from riskengine.scenario.hooks import Hooks

HOOKS = Hooks(correlations=correlations)
"""What needs dates, or reads other files, is left out."""

HEAD = 'schema = 1\nname = "Test"\nstart = 2027-03-01\n'
TASK = "[tasks.a]\nduration = 5\n"


def written(folder: Path, text: str, name: str = "plan.toml", head: str = HEAD) -> Path:
    """Write a scenario file after the lines that every scenario has, and return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + text, encoding="utf-8")
    return path


def read_text(text: str, head: str = HEAD, **files: str) -> Scenario:
    """Return the scenario of a text; `files` are written beside it, their names with _ for the point."""
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name.replace("_", ".")).write_text(content, encoding="utf-8")
        return read(written(Path(folder), text, head=head), hooks=HOOKS)


def issues(text: str, head: str = HEAD, **files: str) -> tuple[Issue, ...]:
    """Return the faults of a text, none where it is read."""
    try:
        read_text(text, head, **files)
    except ScenarioError as error:
        return error.issues
    return ()


def faults(text: str, head: str = HEAD, **files: str) -> list[tuple[str, str]]:
    """Return code and path of each fault of a text."""
    return [(issue.code, issue.path) for issue in issues(text, head, **files)]


def only(text: str, head: str = HEAD, **files: str) -> Issue:
    """Return the one fault of a text."""
    found = issues(text, head, **files)
    assert len(found) == 1, [issue.format() for issue in found]
    return found[0]
