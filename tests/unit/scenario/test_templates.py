"""The shipped scenarios can be listed, printed and read."""

import pytest

from riskengine.errors import UsageError
from riskengine.scenario import read, starter_files, starter_names, starter_text
from riskengine.scenario.starter_files import starter_folder

NAMES = starter_names()


def test_there_are_templates_and_a_minimal_one():
    assert "minimal" in NAMES
    assert list(NAMES) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_can_be_written_elsewhere_and_read(name, tmp_path):
    files = starter_files(name)
    for file, text in files.items():
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert next(iter(files)) == f"{name}.toml"
    assert files[f"{name}.toml"] == starter_text(name)
    assert read(tmp_path / f"{name}.toml") == read(starter_folder() / f"{name}.toml")


@pytest.mark.parametrize("name", ["", "minimul", "../pyproject", "/etc/passwd"])
def test_an_unknown_template_is_refused_and_no_path_gets_out(name):
    with pytest.raises(UsageError) as caught:
        starter_text(name)
    assert caught.value.code == "RE903"


def test_an_unknown_template_brings_the_one_meant():
    with pytest.raises(UsageError, match='did you mean "minimal"'):
        starter_text("minimul")
