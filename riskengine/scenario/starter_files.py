"""The scenarios that come with riskengine, to start from."""

from pathlib import Path

from riskengine.errors import UsageError
from riskengine.scenario.read import read
from riskengine.scenario.text.faults import Faults


def starter_folder() -> Path | None:
    """Return the folder of the shipped scenarios: inside the package once installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "scenarios", package.parent / "scenarios"):
        if folder.is_dir():
            return folder
    return None


def starter_names() -> tuple[str, ...]:
    """Return the names of the shipped scenarios, sorted; those in a subfolder as ``published/NAME``."""
    folder = starter_folder()
    if folder is None:
        return ()
    return tuple(sorted(path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.toml")))


def starter_text(name: str) -> str:
    """Return the text of a shipped scenario.

    Raises
    ------
    UsageError
        Where there is none of that name.
    """
    return starter_files(name)[f"{name}.toml"]


def starter_files(name: str) -> dict[str, str]:
    """Return every file of a shipped scenario, its own first: those that it names follow, such as its tables.

    Raises
    ------
    UsageError
        Where there is none of that name.
    """
    folder, names = starter_folder(), starter_names()
    if folder is None or name not in names:
        near = Faults().near(name, names)
        cure = near or (f"choose from {', '.join(names)}" if names else "no scenarios are installed")
        raise UsageError(f'there is no template "{name}"', "RE903", cure)
    files: list[Path] = []
    read(folder / f"{name}.toml", files=files)  # the reader alone knows what a file may name
    return {path.resolve().relative_to(folder.resolve()).as_posix(): path.read_text(encoding="utf-8") for path in files}
