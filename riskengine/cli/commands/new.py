"""``riskengine new``: a scenario to start from."""

import difflib
from pathlib import Path, PurePosixPath

import click

from riskengine.cli.output import atomic_write, console, exits
from riskengine.disk.unfinished import unfinished

DEFAULT = "minimal"
SUFFIX = ".toml"


@click.command("new")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--template", "name", default=DEFAULT, show_default=True, metavar="NAME", help="Template to start from.")
@click.option("--list", "is_list", is_flag=True, help="List the templates.")
def command(path: Path | None, name: str, is_list: bool) -> int:
    """Start a scenario from a template.

    Writes PATH, which must end in .toml, and beside it the sheets that the template needs. A file that is there already
    is never overwritten.
    """
    from riskengine.errors import UsageError
    from riskengine.scenario import starter_files, starter_names

    names = starter_names()
    if is_list:
        console.data("\n".join(names))
        return exits.DONE
    if path is None:
        raise click.UsageError("missing argument 'PATH' (or --list)")
    if path.suffix.casefold() != SUFFIX:
        cure = f"riskengine new {path.with_suffix(SUFFIX)}" if path.name.strip(".") else "name a file"
        raise UsageError(f"{path} must end in {SUFFIX}: that is how a scenario is known", "RE108", cure)
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1)
        cure = f"did you mean {near[0]}?" if near else "riskengine new --list names them"
        raise UsageError(f"no template {name!r}", "RE903", cure)
    files = starter_files(name)
    # The template's own file comes first; the others lie where it looks for them.
    home = PurePosixPath(next(iter(files))).parent
    targets = {path.parent / PurePosixPath(key).relative_to(home): text for key, text in files.items()}
    del targets[path.parent / PurePosixPath(next(iter(files))).name]
    targets = {path: next(iter(files.values())), **targets}
    existing = [str(target) for target in targets if target.exists() or target.is_symlink()]
    if existing:
        raise UsageError(f"{', '.join(existing)} exists already; nothing was written", "RE904")
    written: list[Path] = []

    def take_back() -> None:
        for target in written:
            target.unlink(missing_ok=True)

    with unfinished(take_back):  # all of a template or nothing
        for target, text in reversed(targets.items()):  # the scenario last: it is never there without its sheets
            if target.parent != path.parent:
                target.parent.mkdir(parents=True, exist_ok=True)
            atomic_write.write_new(target, text)
            written.append(target)
    for target in targets:
        console.data(str(target))
    console.note(f"next: riskengine check {path}; riskengine simulate {path}")
    return exits.DONE
