"""The valid half of the specification: each file of `valid/` is read to exactly the resolved form beside it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from riskengine import scenario

VALID = Path(__file__).parent / "valid"
WRITTEN = sorted(
    path for path in VALID.iterdir() if path.suffix in {".toml", ".json"} and not path.name.endswith(".resolved.json")
)


def _resolved_beside(path: Path) -> Path:
    return path.with_suffix(".resolved.json")


def _ids(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


@pytest.mark.parametrize("path", WRITTEN, ids=_ids(WRITTEN))
def test_file_resolves_to_the_form_beside_it(path: Path) -> None:
    expected = json.loads(_resolved_beside(path).read_text(encoding="utf-8"))
    assert scenario.resolve(scenario.read(path)) == expected


@pytest.mark.parametrize("path", WRITTEN, ids=_ids(WRITTEN))
def test_canonical_text_is_the_file_beside_it_byte_for_byte(path: Path) -> None:
    assert scenario.dumps(scenario.read(path)).encode() == _resolved_beside(path).read_bytes()


@pytest.mark.parametrize("path", WRITTEN, ids=_ids(WRITTEN))
def test_resolving_the_resolved_form_changes_nothing(path: Path) -> None:
    written, resolved = scenario.read(path), scenario.read(_resolved_beside(path))
    assert resolved == written
    assert scenario.dumps(resolved) == scenario.dumps(written)


@pytest.mark.parametrize("path", WRITTEN, ids=_ids(WRITTEN))
def test_digest_is_the_sha_256_of_the_resolved_form(path: Path) -> None:
    expected = hashlib.sha256(_resolved_beside(path).read_bytes()).hexdigest()
    assert scenario.digest(scenario.read(path)) == expected
    assert scenario.digest(scenario.read(_resolved_beside(path))) == expected


def test_every_resolved_form_has_the_file_it_is_of() -> None:
    written = {_resolved_beside(path).name for path in WRITTEN}
    assert {path.name for path in VALID.glob("*.resolved.json")} == written
    assert len(written) >= 45


def test_order_of_the_file_changes_no_byte(tmp_path: Path) -> None:
    text = (VALID / "bases" / "plan.toml").read_text(encoding="utf-8")
    head, *tables = text.split("\n[")
    # Tables of one kind may be anywhere: TOML has no order of tables, and neither has the format.
    turned = "\n[".join([head + "\n", *(table + "\n" for table in reversed(tables))])
    (tmp_path / "plan.toml").write_text(turned, encoding="utf-8")
    assert turned != text
    assert scenario.dumps(scenario.read(tmp_path / "plan.toml")) == scenario.dumps(
        scenario.read(VALID / "bases" / "plan.toml")
    )
