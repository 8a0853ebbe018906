"""A run as five slides: decision, gates, finish, cost, and the risks that matter most."""

import importlib.util
import re
import zipfile
from pathlib import Path

from riskengine.errors import MachineError
from riskengine.errors.archives import DAMAGED
from riskengine.pages.language import ENGLISH, read_language
from riskengine.pages.section import PageInput
from riskengine.results.run import RunRecord

CREATOR = "riskengine"
MARKS = tuple(re.compile(rf"<{tag}>{CREATOR}</{tag}>".encode("ascii")) for tag in ("dc:creator", "cp:lastModifiedBy"))
ABOUT = "docProps/core.xml"
MOST_BYTES = 2**16


def render_slides(run: RunRecord, folder: str = "", language: str = ENGLISH) -> bytes:
    """Return a run as a presentation of five slides; of four where nothing costs anything.

    Parameters
    ----------
    run : RunRecord
    folder : str
        The results folder, as the user named it.
    language : str
        Code of the language.

    Raises
    ------
    UsageError
        When there is no such language.
    MachineError
        When python-pptx is not installed.
    """
    if importlib.util.find_spec("pptx") is None:
        cure = "run pip install '.[report]' in riskengine's own folder"
        raise MachineError("python-pptx is not installed", "RE946", cure)
    from riskengine.pages.presentation.slides import presentation

    return presentation(PageInput(run, read_language(language), folder), CREATOR)


def is_presentation(path: Path) -> bool:
    """Whether a file is a presentation that riskengine made, and that nobody has saved anew from another program.

    Raises
    ------
    OSError
        When it cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive, archive.open(ABOUT) as file:
            about = file.read(MOST_BYTES)
    except DAMAGED:
        return False
    return all(mark.search(about) for mark in MARKS)
