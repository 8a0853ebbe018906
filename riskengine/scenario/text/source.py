"""Opening the files of a scenario: within its folder, within limits; which of them are text in UTF-8 or UTF-16."""

import errno
import stat
from pathlib import Path
from typing import Final

from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place

LARGEST_SCENARIO: Final = 16 * 2**20
LARGEST_RESOLVED: Final = 64 * 2**20
LARGEST_TABLE: Final = 64 * 2**20


class Folder:
    """The folder of a scenario, which its files must not leave.

    Parameters
    ----------
    first : Path
        The scenario file as the user named it.
    """

    def __init__(self, first: Path) -> None:
        self.real = first.parent.resolve()

    def inside(self, name: object, beside: Path, place: Place, faults: Faults, file: str) -> Path | None:
        """Return the path that a file names, or None after reporting why it must not be opened.

        Parameters
        ----------
        name : object
            What the file says.
        beside : Path
            The file that says so; `name` is taken from its folder.
        place, faults, file
            Where a fault goes.
        """
        if not isinstance(name, str) or not name:
            faults.add("RE113", place, name, rule="must be the name of a file in quotes", file=file)
            return None
        if not name.isprintable() or len(name) > 1000 or "\\" in name or ":" in name:
            faults.add("RE117", place, name, rule="must be a plain relative path with / between folders", file=file)
            return None
        path = beside.parent / name
        try:
            real = path.resolve()
        except (OSError, RuntimeError, ValueError):
            faults.add("RE101", place, name, file=file)
            return None
        if Path(name).is_absolute() or not real.is_relative_to(self.real):
            faults.add("RE117", place, name, file=file)
            return None
        return path


def read_bytes(path: Path, largest: int, place: Place, faults: Faults, file: str) -> bytes | None:
    """Return what a file holds, or None after reporting why it cannot be had.

    `file` is the file to blame when this one cannot be opened.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe or a device could keep us waiting for ever
            faults.add("RE101", place, path.name, rule="must be a file", file=file)
            return None
        with path.open("rb") as stream:
            raw = stream.read(largest + 1)
    except (OSError, ValueError) as error:
        faults.add("RE101", place, path.name, rule=f"the file must exist and be readable ({reason(error)})", file=file)
        return None
    if len(raw) > largest:
        faults.add("RE103", (), rule=f"the file must be at most {largest // 2**20} MiB", file=str(path), line=1)
        return None
    return raw


def read_text(path: Path, largest: int, place: Place, faults: Faults, file: str) -> str | None:
    """Return the text of a file in UTF-8, or None after reporting why it cannot be had.

    A mark of byte order at the beginning is dropped. `file` is the file to blame when this one cannot be opened.
    """
    raw = read_bytes(path, largest, place, faults, file)
    if raw is None:
        return None
    what = other_kind(raw)
    if what is None and is_wide(raw):
        what = "it is saved as UTF-16", CHOOSE_UTF_8
    if what is not None:
        faults.add("RE102", (), rule=f"the file must be UTF-8 text; {what[0]}", cure=what[1], file=str(path), line=1)
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        report_encoding(raw, error, str(path), faults)
        return None
    return text.removeprefix("\ufeff")


CHOOSE_UTF_8: Final = "save it again and choose UTF-8"
CUT_OFF: Final = "the file is cut off in the middle of a character: fetch it again"
MARKS: Final = (
    (b"\xff\xfe\0\0", "it is saved as UTF-32", CHOOSE_UTF_8),
    (b"\0\0\xfe\xff", "it is saved as UTF-32", CHOOSE_UTF_8),
    (b"PK\x03\x04", "it is a workbook or another zip archive", "export it as text"),
    (b"\xd0\xcf\x11\xe0", "it is a document of Microsoft Office", "export it as text"),
    (b"%PDF", "it is a PDF", "export it as text"),
    (b"\x1f\x8b", "it is compressed", "unpack it first"),
)
"""How files of another kind begin, and what to do about them."""

BEGINNING: Final = 400
"""Bytes of a file that are looked at for zeros."""


def other_kind(raw: bytes) -> tuple[str, str] | None:
    """Return what a file holds in place of text that can be read, and what to do about it, if its first bytes tell."""
    return next(((what, cure) for mark, what, cure in MARKS if raw.startswith(mark)), None)


def is_wide(raw: bytes) -> bool:
    """Return whether a text is in UTF-16: by its mark, or by where its first bytes are zero.

    Signs, digits and line ends have a zero in one of their two bytes, always the same one; hardly any other character
    has one at all.
    """
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    first, second = zeros(raw)
    return max(first, second) > max(1, min(len(raw), BEGINNING) // 16, 3 * min(first, second))


def wide_name(raw: bytes) -> str:
    """Return which UTF-16 a text is in; the one that looks for a mark where there is one."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    first, second = zeros(raw)
    return "utf-16-be" if first > second else "utf-16-le"


def zeros(raw: bytes) -> tuple[int, int]:
    """Return how many of the first and of the second bytes of the pairs at the beginning are zero."""
    return raw[:BEGINNING:2].count(0), raw[1:BEGINNING:2].count(0)


def report_encoding(raw: bytes, error: UnicodeDecodeError, file: str, faults: Faults) -> None:
    """Report the first byte that is not UTF-8, with its line as it reads in Windows-1252."""
    from riskengine.scenario.text.excerpt import excerpt

    begin, end = raw.rfind(b"\n", 0, error.start) + 1, raw.find(b"\n", error.start)
    line = raw[begin : end if end >= 0 else len(raw)].rstrip(b"\r")
    number = raw.count(b"\n", 0, error.start) + 1
    value = f"byte 0x{raw[error.start]:02x}"
    if is_cut_off(raw, error):
        cure = CUT_OFF
    else:
        cure = f"it may be saved as Windows-1252 (ANSI), in which the line reads as below: {CHOOSE_UTF_8}"
    line_shown = excerpt(line.decode("cp1252", errors="replace"), error.start - begin)
    faults.add("RE102", (), value, cure=cure, file=file, line=number, excerpt=line_shown)


def is_cut_off(raw: bytes, error: UnicodeDecodeError) -> bool:
    """Return whether a file ends within a character of UTF-8."""
    return "unexpected end" in error.reason and error.end == len(raw)


def reason(error: Exception) -> str:
    """Return why a file could not be opened, in words."""
    if isinstance(error, OSError) and error.errno is not None:
        reasons = {
            errno.ENOENT: "there is no such file",
            errno.EACCES: "no permission",
            errno.EISDIR: "it is a folder",
            errno.ENOTDIR: "a part of its path is no folder",
            errno.ELOOP: "its links form a circle",
            errno.ENAMETOOLONG: "its name is too long",
        }
        return reasons.get(error.errno, (error.strerror or "it cannot be opened").lower())
    return "its name cannot be used"
