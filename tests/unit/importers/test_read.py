"""Choosing the reader of a file: every format declares how its files are recognised, once."""

from itertools import combinations

import pytest

from riskengine.importers import mpxj, msproject, p6, read
from riskengine.importers.importer import Importer
from riskengine.importers.neutral import ImportedSchedule


def declared():
    folders = (p6, msproject, mpxj)
    return [value for folder in folders for value in vars(folder).values() if isinstance(value, Importer)]


def test_every_importer_that_a_folder_declares_is_listed():
    assert len(declared()) == 5
    assert set(map(id, declared())) == set(map(id, read.IMPORTERS))


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
