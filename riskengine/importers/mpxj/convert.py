"""Schedules of every other tool, converted by MPXJ in a Java process of its own.

The converter gets a copy of the file in a private folder, a limit of memory and time, and writes XML that the readers
of this room then read like any other.
"""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from riskengine.errors import Issue, ScenarioError
from riskengine.errors.counting import counted
from riskengine.importers.constraints import tighten
from riskengine.importers.mpxj.gantt_project import GanttTasks, read_gantt_tasks
from riskengine.importers.mpxj.mpx_text import look_at_mpx
from riskengine.importers.msproject.conversion import Conversion
from riskengine.importers.msproject.project import read_mspdi
from riskengine.importers.neutral import ImportedSchedule
from riskengine.importers.notes import counted_note
from riskengine.importers.p6.pmxml import read_pmxml
from riskengine.importers.xml.stream import MOST_BYTES, fault

MAIN_CLASS = "org.mpxj.sample.MpxjConvert"
HEAP = "-Xmx1g"
SECONDS = 300
LARGEST_OUTPUT = 2**31
MICROSOFT = frozenset((".mpp", ".mpt", ".mpx", ".mpd"))
PRIMAVERA = frozenset((".prx", ".stx", ".p3", ".xer", ".pmxml"))
"""Kinds whose scheduling rules are Primavera's: these are converted to its XML."""
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
SECTOR = 512
UNNAMED = ("project.xml", "Project1")
"""What MPXJ calls a project that has no name."""
NO_JAVA = ("Unable to locate a Java Runtime", "No Java runtime present")


def read_with_mpxj(
    path: Path, file: str, seconds: float = SECONDS, *, is_xml: bool = False, with_user_fields: bool = False
) -> list[ImportedSchedule]:
    """Return the projects of any file that MPXJ can read.

    Parameters
    ----------
    path : Path
        The file to read.
    file : str
        What it is called in messages.
    seconds : float
        After which the conversion is given up.
    is_xml : bool
        Whether it is XML, and so perhaps a file of GanttProject.
    with_user_fields : bool
        Whether the user fields of tasks are read, too.

    Raises
    ------
    ScenarioError
        Where Java or MPXJ is missing, the file is none of the kinds that MPXJ knows, or its schedule has faults.
    """
    suffix = path.suffix.lower()
    is_primavera = suffix in PRIMAVERA
    gantt = read_gantt_tasks(path, file) if is_xml else None
    gantt = gantt if gantt is not None and gantt.is_gantt_project else None
    notes: list[str] = []
    with tempfile.TemporaryDirectory(prefix="riskengine-import-") as folder:
        converted = convert(path, file, Path(folder), "made.pmxml" if is_primavera else "made.xml", seconds)
        label = f"{file} (as XML by MPXJ)"
        if is_primavera:
            schedules = read_pmxml(converted, label, with_user_fields)
        elif suffix == ".mpx":
            text = look_at_mpx(path, file)
            days_only = Conversion(is_midnight_no_time=not text.has_midnights)
            schedules = [read_mspdi(converted, label, days_only, with_user_fields=with_user_fields)]
            notes = text.notes()
        elif gantt is not None:
            schedules = [read_mspdi(converted, label, Conversion(gantt), with_user_fields=with_user_fields)]
            hold_where_put(schedules[0], gantt)
        else:
            schedules = [read_mspdi(converted, label, with_user_fields=with_user_fields)]
    for schedule in schedules:
        if suffix not in MICROSOFT and not is_primavera:
            schedule.tool = f"{suffix.removeprefix('.') or 'unknown'} file (by MPXJ)"
        schedule.file = Path(file).name
        unnamed = (converted.stem, converted.name, *UNNAMED)
        schedule.name = path.stem if schedule.name in unnamed else schedule.name
        schedule.id = path.stem if schedule.id in unnamed else schedule.id
        schedule.notes[:0] = [*notes, *ole_notes(path)]
        schedule.notes.insert(0, f"converted by MPXJ to {'Primavera P6' if is_primavera else 'Microsoft Project'} XML")
    return schedules


def hold_where_put(schedule: ImportedSchedule, gantt: GanttTasks) -> None:
    """Let no task of GanttProject start before the file has it, but for those that a strong relationship draws."""
    pinned = []
    for task in schedule.tasks:
        is_open = task.type != "summary" and task.actual_start is None and task.uid not in gantt.pulled_tasks
        if is_open and task.early_start is not None and task.early_start > schedule.start:
            tighten(task, "SNET", task.early_start)
            pinned.append(task.id)
    if pinned:
        remark = "task|tasks stays|stay where GanttProject has it|them until a relationship pushes it|them (SNET)"
        schedule.notes.append(counted_note(remark, pinned))


def ole_notes(path: Path) -> list[str]:
    """Return what must be said of a compound file (.mpp, .mpt) whose length shows that its end is missing."""
    try:
        with path.open("rb") as stream:
            is_compound = stream.read(len(COMPOUND)) == COMPOUND
        is_cut = is_compound and path.stat().st_size % SECTOR != 0
    except OSError:
        return []
    return ["the length of the file is no whole number of sectors: it may be cut"] if is_cut else []


def convert(path: Path, file: str, folder: Path, name: str, seconds: float = SECONDS) -> Path:
    """Return the converted file, in a folder of the caller; its ending names the kind of XML."""
    java, jars = find_java(file), find_jars(file)
    source = folder / f"source{safe_suffix(path)}"
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ScenarioError([fault("RE833", f"{counted(path.stat().st_size, 'byte')}", file)])
        # A copy, because Java cannot open every name that a file may have.
        shutil.copyfile(path, source)
    except OSError as error:
        raise ScenarioError([fault("RE849", error.strerror or str(error), file)]) from None
    converted = folder / name
    command = [
        java,
        HEAP,
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        "-Djava.awt.headless=true",
        "-Duser.timezone=UTC",
        "-Duser.language=en",
        f"-Djava.io.tmpdir={folder}",
        f"-Duser.home={folder}",
        "-cp",
        str(jars / "*"),
        MAIN_CLASS,
        str(source),
        str(converted),
    ]
    try:
        process = subprocess.run(
            command,
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            check=False,
            preexec_fn=limits(),
        )
    except subprocess.TimeoutExpired:
        raise ScenarioError([fault("RE847", f"nothing after {seconds:g} s", file)]) from None
    except OSError as error:
        raise ScenarioError([fault("RE844", error.strerror or str(error), file)]) from None
    converter_output = process.stdout.decode("utf-8", "replace")
    if any(phrase in converter_output for phrase in NO_JAVA):
        raise ScenarioError([fault("RE844", "", file)])
    if "OutOfMemoryError" in converter_output:
        raise ScenarioError([fault("RE847", f"more than {HEAP.removeprefix('-Xmx')} of memory", file)])
    if not converted.is_file() or converted.stat().st_size == 0:
        raise ScenarioError([refusal(converter_output, file)])
    return converted


def find_java(file: str) -> str:
    """Return the Java on PATH, or refuse."""
    java = shutil.which("java")
    if java is None:
        raise ScenarioError([fault("RE844", "", file)])
    return java


def find_jars(file: str) -> Path:
    """Return the folder of MPXJ's libraries, without importing it, which would start Java in this process."""
    spec = importlib.util.find_spec("mpxj")
    for place in (spec.submodule_search_locations or []) if spec is not None else []:
        folder = Path(place) / "lib"
        if (folder / "mpxj.jar").is_file():
            return folder
    raise ScenarioError([fault("RE845", "", file)])


def environment() -> dict[str, str]:
    """Return what the converter sees of this process: nothing but what a program needs to start."""
    names = ("PATH", "JAVA_HOME", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in names if name in os.environ}


def limits() -> Callable[[], None] | None:
    """Return what limits the size of the files that the converter writes, where the system can."""
    try:
        import resource
    except ImportError:
        return None
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_OUTPUT, LARGEST_OUTPUT))


def refusal(converter_output: str, file: str) -> Issue:
    """Return a fault in MPXJ's own words: the innermost reason that it gave."""
    reasons = [
        line.strip()
        for line in converter_output.splitlines()
        if "Exception" in line and not line.lstrip().startswith("at ")
    ]
    reason = reasons[-1].rpartition("Exception: ")[2] if reasons else converter_output.strip()[-200:]
    return fault("RE846", reason, file)


def safe_suffix(path: Path) -> str:
    """Return the ending of a file's name, if it is a plain one."""
    ending = path.suffix.lower()
    return ending if ending[1:].isascii() and ending[1:].isalnum() and len(ending) <= 12 else ""
