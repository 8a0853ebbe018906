"""Choosing the reader of a file: every format declares how its files are recognised, once."""

import importlib
import pkgutil
from itertools import combinations

import pytest

from riskengine import importers
from riskengine.importers import read
from riskengine.importers.importer import Importer
from riskengine.importers.neutral import ImportedSchedule


def declared():
    """The importers that the folders of the room declare, by the folder and the name they have there."""
    names = [
        f"{importers.__name__}.{module.name}" for module in pkgutil.iter_modules(importers.__path__) if module.ispkg
    ]
    folders = [importlib.import_module(name) for name in names]
    return {
        f"{folder.__name__}.{name}": value
        for folder in folders
        for name, value in vars(folder).items()
        if isinstance(value, Importer)
    }


def test_every_importer_that_a_folder_declares_is_listed():
    assert len(declared()) >= 5
    forgotten = [name for name, importer in declared().items() if importer not in read.IMPORTERS]
    assert forgotten == [], "list them in IMPORTERS of importers/read.py"


def test_no_two_importers_claim_a_file():
    for one, other in combinations(read.IMPORTERS, 2):
        assert not set(one.roots) & set(other.roots)
        assert not any(a.startswith(b) or b.startswith(a) for a in one.signatures for b in other.signatures)


@pytest.mark.parametrize("text", ["!ASTA 1\n", "\ufeff\n  !ASTA 1\n", "<asta><x/></asta>"])
def test_one_declaration_makes_a_format_readable(tmp_path, monkeypatch, text):
    calls = []

    def reader(path, file, options):
        calls.append((path, file, options))
        return [ImportedSchedule("Asta", file, "A", "A", None)]

    made_up = Importer("Asta", reader, signatures=(b"!ASTA",), roots=("asta",))
    path = tmp_path / "plan.csv"  # the content decides, whatever the name says
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(read, "IMPORTERS", (made_up, *read.IMPORTERS))
    (schedule,) = read.read_schedule(path, encoding="cp1252", with_user_fields=True)
    assert schedule.tool == "Asta"
    assert calls == [(path, str(path), ("cp1252", True))]
