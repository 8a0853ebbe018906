"""Putting a document together: the file, the files it extends, the tables it names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from riskengine.errors import Issue, ScenarioError
from riskengine.model.format import FORMAT
from riskengine.scenario.document.document import Document, Source
from riskengine.scenario.document.layers import Layer, merged, project_files, without_chain_keys
from riskengine.scenario.document.migrate import migrated
from riskengine.scenario.document.past_values import PastValuesLoader
from riskengine.scenario.grammar.syntax import parse_json, parse_toml
from riskengine.scenario.hooks import NO_HOOKS, Hooks, KnownTargets, known_targets
from riskengine.scenario.tables.files import BOOKS, TEXTS, is_table, read_cells, read_worksheet
from riskengine.scenario.tables.histories import read_history
from riskengine.scenario.tables.matrices import read_matrix
from riskengine.scenario.tables.read import Table, TableReader, combined
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.text.source import LARGEST_RESOLVED, LARGEST_SCENARIO, Folder, read_text

LONGEST_CHAIN: Final = 16
REGISTER: Final = ("risks_mapping", "risks_position")
POSITION: Final = FORMAT[""]["risks_position"]
UNKNOWN_TASK: Final = ("RE220", "RE241", "RE247", "RE248", "RE302", "RE303", "RE404", "RE405")
"""Faults that a task missing from a damaged table would cause all over the file."""
UNREAD_PROJECT: Final = ("RE112", "RE121", *UNKNOWN_TASK)
"""Faults that a project which could not be read would cause in its programme."""

CURED_BY_MAPPING: Final = ("RE854", "RE856", "RE857", "RE859", "RE860", "RE861", "RE862", "RE864", "RE865", "RE869")
"""Faults of a register that a mapping file settles."""


SOURCES: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (".xer", ".xml", ".mpp", ".mpt", ".mpx", ".gan", ".pod", ".pp", ".planner", ".fts", ".ppx"),
        "riskengine import makes a scenario of a schedule",
    ),
    **dict.fromkeys((".csv", ".xlsx", ".xlsm"), "a scenario names tables: tasks_file, risks_file"),
    **dict.fromkeys((".yaml", ".yml"), "write it in TOML; riskengine new shows how"),
}
"""What to do with files of other kinds, by the end of their name."""


ProjectsReader = Callable[["Loader", Mapping[str, Any], Path], dict[str, Any] | None]
"""Reads the files of the projects that a file names: what they say together, None where one of them has a fault."""


@dataclass(slots=True)
class NamedRegister:
    """A register that a file names under a key: how to read it, where its risks go, the table that has their lines."""

    name: object
    path: Path
    key: str
    how: Mapping[str, Any]
    data: dict[str, Any]
    table: Table


class Loader:
    """Loads a scenario file, or a document that is in memory, with everything it needs.

    Parameters
    ----------
    first : Path
        The file, or where a document in memory would lie: names of files in it are taken from that folder.
    faults, hooks, hints
        Where faults go, what may be called, where sentences go about what was assumed.
    read_projects : function, optional
        Reads the projects that a file names; a file that is itself a project must not name any.
    content : str or dict, optional
        The document where it is in memory: a text, of the kind that the end of `first` says, or its tables.
    has_folder : bool
        Whether a document in memory may name files.
    """

    def __init__(
        self,
        first: Path,
        faults: Faults,
        hooks: Hooks = NO_HOOKS,
        hints: list[str] | None = None,
        *,
        read_projects: ProjectsReader | None = None,
        content: str | dict[str, Any] | None = None,
        has_folder: bool = True,
    ) -> None:
        self.first = first
        self.content = content
        self.has_folder = has_folder
        self.faults = faults
        self.hooks = hooks
        self.read_projects = read_projects
        self.hints = [] if hints is None else hints
        self.document = Document()
        self.how: dict[str, Any] = {}
        self.registers: list[NamedRegister] = []
        self.has_all_tasks = True
        self.may_name_values = True
        self.folder: Folder | None = None

    def load(self) -> Document:
        """Return the merged document; it has no data where a file could not be read at all."""
        try:
            self.folder = Folder(self.first) if self.has_folder else None
        except (OSError, RuntimeError, ValueError):
            self.faults.add("RE101", (), str(self.first), file=str(self.first))
            return self.document
        chain = self.chain()
        self.read_registers(chain)
        if chain is None:
            return self.document
        self.document.project = chain[-1].data.get("name")
        self.document.root = without_chain_keys(chain[-1].data) if len(chain) > 1 else None
        self.document.data = merged(chain, self.faults)
        return self.document

    def chain(self) -> list[Layer] | None:
        """Return the file and those it extends, one after the other, or None where one could not be read."""
        chain: list[Layer] = []
        seen: list[Path] = []
        path: Path | None = self.first
        place: Place = ()
        file = str(self.first)
        while path is not None:
            is_in_memory = self.content is not None and not chain
            data = self.in_memory() if is_in_memory else self.parse(path, place, file)
            if data is None:
                return None
            if not is_in_memory:
                seen.append(path.resolve())
            file = str(path)
            data = migrated(data, extends="extends" in data, file=file, faults=self.faults, hints=self.hints)
            for section in ("tasks", "risks"):
                data = self.with_table(data, section, path)
            data = self.with_histories(self.with_matrices(data, path), path)
            if self.may_name_values:
                data, past = PastValuesLoader(path, self.inside, self.faults, self.hints).load(data)
                self.document.sources += past
            chain.append(Layer(path, data, self.projects(data, path)))
            if "extends" not in data:
                break
            place = ("extends",)
            path = self.inside(data["extends"], path, place)
            if path is None:
                return None
            if path.resolve() in seen:
                names = [step.name for step in (*seen[seen.index(path.resolve()) :], path)]
                rule = f"a scenario must not extend itself: {' -> '.join(names)}"
                self.faults.add("RE116", place, rule=rule, file=file)
                return None
            if len(chain) == LONGEST_CHAIN:
                self.faults.add("RE118", place, data["extends"], file=file)
                return None
        return chain

    def inside(self, name: object, beside: Path, place: Place) -> Path | None:
        """Return the path of a file that another one names."""
        if self.folder is None:
            self.faults.add("RE925", place, name, file=str(beside))
            return None
        path = self.folder.inside(name, beside, place, self.faults, str(beside))
        if path is not None:
            self.document.files.append(path)
        return path

    def parse(self, path: Path, place: Place, blamed: str) -> dict[str, Any] | None:
        """Return what one file says, or None after reporting why it cannot be read."""
        file = str(path)
        kind = path.suffix.casefold()
        if kind not in (".toml", ".json"):
            self.faults.add("RE108", place, path.name, cure=SOURCES.get(kind, ""), file=blamed)
            return None
        largest = LARGEST_SCENARIO if kind == ".toml" else LARGEST_RESOLVED
        text = read_text(path, largest, place, self.faults, blamed)
        if text is None:
            return None
        return self.parse_text(text, file)

    def in_memory(self) -> dict[str, Any] | None:
        """Return what the document in memory says, or None after reporting why it cannot be read."""
        content, file = self.content, str(self.first)
        self.may_name_values = True
        if not isinstance(content, str):
            return content
        largest = LARGEST_RESOLVED if file.endswith(".json") else LARGEST_SCENARIO
        if len(content) > largest:
            rule = f"the text must be at most {largest // 2**20} MiB"
            self.faults.add("RE103", (), rule=rule, file=file, line=1)
            return None
        return self.parse_text(content.removeprefix("\ufeff"), file)

    def parse_text(self, text: str, file: str) -> dict[str, Any] | None:
        """Return what a text says, in TOML or JSON by the name of its file, or None after reporting a fault."""
        self.document.sources.append(Source(file, text))
        self.may_name_values = "file" in text  # else there is no need to look through all estimates
        return (parse_json if file.casefold().endswith(".json") else parse_toml)(text, file, self.faults)

    def with_table(self, data: dict[str, Any], section: str, path: Path) -> dict[str, Any]:
        """Return the document of one file with the rows of the table it names in place of the name."""
        content = data.get(section)
        named = {key: data[key] for key in (section, f"{section}_file") if key in data}
        names = [(key, value) for key, value in named.items() if key != section or isinstance(value, str)]
        if section == "risks":
            data = self.without_register(data, bool(names), path)
        if not names:
            return data
        data = {key: value for key, value in data.items() if key != f"{section}_file"}
        tables: Mapping[str, Any] = content if isinstance(content, dict) else {}
        whole = {**data, section: tables}
        for key, name in names:
            if section == "risks" and self.is_register(name):
                self.put_off(name, path, key, whole)
                continue
            table = self.table(name, section, path, (key,))
            if section == "tasks" and (table is None or not table.is_whole):
                self.has_all_tasks = False
                self.faults.mute(UNKNOWN_TASK)
            if table is not None:
                whole[section] = combined(whole[section], table, self.faults, str(path))
        return whole

    def with_matrices(self, data: dict[str, Any], path: Path) -> dict[str, Any]:
        """Return the document of one file with the matrices of the tables it names in place of the names."""

        def matrix(name: str, id: str) -> dict[str, Any]:
            content = self.matrix(name, id, path)
            if content is None:
                self.faults.silence(("correlations", id))
            return content or {}

        return with_named(data, "correlations", "matrix", matrix)

    def with_histories(self, data: dict[str, Any], path: Path) -> dict[str, Any]:
        """Return the document of one file with the histories of the tables it names in place of the names."""

        def history(name: str, id: str) -> dict[str, Any]:
            content = self.history(name, id, path)
            if content is None:
                self.faults.silence(("backlogs", id, "history"))
            return content or {}

        return with_named(data, "backlogs", "history", history)

    def history(self, name: str, backlog: str, path: Path) -> dict[str, Any] | None:
        """Return the history of a name, or None after reporting why there is none."""
        place = ("backlogs", backlog, "history")
        rule = "a history must be a table with done, or the name of a CSV file"
        file = self.csv_file(name, path, place, rule)
        if file is None:
            return None
        table = read_history(file, place, str(path), self.faults, hints=self.hints)
        if table is None:
            return None
        self.document.sources.append(table)
        return dict(table.columns)

    def matrix(self, name: str, correlation: str, path: Path) -> dict[str, Any] | None:
        """Return the matrix of a name, or None after reporting why there is none."""
        place = ("correlations", correlation, "matrix")
        rule = "a matrix must be a table of members and rows, or the name of a CSV file"
        file = self.csv_file(name, path, place, rule)
        if file is None:
            return None
        table = read_matrix(correlation, file, place, str(path), self.faults, hints=self.hints)
        if table is None:
            return None
        self.document.sources.append(table)
        return {"members": table.members, "rows": table.rows}

    def csv_file(self, name: str, path: Path, place: Place, rule: str) -> Path | None:
        """Return the CSV file of a name, or None after reporting why there is none."""
        file = self.inside(name, path, place)
        if file is not None and file.suffix.casefold() not in TEXTS:
            self.faults.add("RE507", place, name, rule=rule, file=str(path))
            return None
        return file

    def projects(self, data: Mapping[str, Any], path: Path) -> dict[str, Any] | None:
        """Return what the projects that a file names say together, None where it names none, after reporting faults."""
        files = project_files(data)
        if files and self.read_projects is not None:
            return self.read_projects(self, data, path)
        for place, name in files.items():
            self.faults.add("RE446", place, name, file=str(path))
            self.faults.silence(place[:2])
            self.faults.mute(UNREAD_PROJECT)
        if "shared" in data and not files:
            self.faults.add("RE444", ("shared",), data["shared"], file=str(path))
        return None

    def put_off(self, name: object, path: Path, key: str, data: dict[str, Any]) -> None:
        """Keep a register for when all files are read, for it may name what any of them says; mark its place."""
        table = Table("risks", "")
        self.document.sources.append(table)
        self.registers.append(NamedRegister(name, path, key, self.how, data=data, table=table))

    def read_registers(self, chain: list[Layer] | None) -> None:
        """Read the registers that the files name, each into the document of its file."""
        targets = None
        if self.registers and chain is not None and self.has_all_tasks:
            targets = known_targets(merged(chain, Faults()))
        for register in self.registers:
            if self.register(register, targets):
                risks = combined(register.data["risks"], register.table, self.faults, str(register.path))
                register.data["risks"] = risks

    def without_register(self, data: dict[str, Any], is_named: bool, path: Path) -> dict[str, Any]:
        """Return the document of one file without what says how to read a register, which is kept for reading it."""
        self.how = {key: data[key] for key in REGISTER if key in data}
        for key in self.how if not is_named else ():
            rule = "must stand beside the register that it is for: risks = or risks_file ="
            self.faults.add("RE111", (key,), rule=rule, file=str(path))
        return {key: value for key, value in data.items() if key not in REGISTER}

    def is_register(self, name: object) -> bool:
        """Return whether risks are read as people keep registers: from a workbook, or where a mapping is named."""
        return isinstance(name, str) and (name.casefold().endswith((".xlsx", ".xlsm")) or bool(self.how))

    def register(self, named: "NamedRegister", targets: KnownTargets | None) -> bool:
        """Put the risks of a register into its table; return whether it could be read, after reporting its faults."""
        path, how, place = named.path, named.how, (named.key,)
        file = self.inside(named.name, path, place)
        mapping = None
        if "risks_mapping" in how:
            mapping = self.inside(how["risks_mapping"], path, ("risks_mapping",))
            if mapping is not None and not mapping.is_file():
                self.faults.add("RE101", ("risks_mapping",), how["risks_mapping"], file=str(path))
                return False
            if mapping is None:
                return False
        position = how.get("risks_position", POSITION.default)
        if position not in POSITION.words:
            code = "RE123" if isinstance(position, str) else "RE113"
            self.faults.add(
                code, ("risks_position",), position, rule=f"must be one of {', '.join(POSITION.words)}", file=str(path)
            )
            return False
        if file is None:
            return False
        if self.hooks.register is None:
            rule = "a register needs riskengine.read to be read"
            self.faults.add("RE507", place, named.name, rule=rule, file=str(path))
            return False
        if not file.is_file():
            self.faults.add("RE101", place, named.name, file=str(path))
            return False
        try:
            table = self.hooks.register(file, mapping, position, targets)
        except ScenarioError as error:
            self.faults.take(error.issues if mapping is not None else map(with_mapping, error.issues))
            return False
        self.hints += [f"{file.name}: {note}" for note in table.notes]
        named.table.file = str(file)
        named.table.rows.update({key: dict(risk) for key, risk in table.risks.items()})
        named.table.lines.update(table.lines)
        return True

    def table(self, name: object, section: str, path: Path, place: Place) -> Table | None:
        """Return the table of a name, or None after reporting why there is none."""
        file = self.inside(name, path, place)
        if file is None:
            return None
        if not is_table(file.name, section):
            self.faults.add("RE507", place, name, file=str(path))
            return None
        if file.suffix.casefold() in BOOKS:
            sheet = read_worksheet(section, file, place, blamed=str(path), faults=self.faults, book=self.hooks.workbook)
        else:
            sheet = read_cells(section, file, place, str(path), self.faults)
        if sheet is None:
            self.document.sources.append(Table(section, str(file), is_whole=False))
            return None
        hints: list[str] = []
        table = TableReader(section, sheet, self.faults, hints).read()
        self.hints += [f"{file.name}: {hint}" for hint in hints]
        self.document.sources.append(table)
        return table


def with_mapping(issue: Issue) -> Issue:
    """Return a fault of a register with how a scenario names the mapping file that settles it."""
    if issue.code not in CURED_BY_MAPPING:
        return issue
    cure = 'say it in a mapping file, named by risks_mapping = "map.toml"'
    return replace(issue, cure=f"{issue.cure}; {cure}" if issue.cure else cure)


def with_named(
    data: dict[str, Any], section: str, key: str, content: Callable[[str, str], dict[str, Any]]
) -> dict[str, Any]:
    """Return a document in which a key of a section's tables holds what a file of its name has, by name and id."""
    tables = data.get(section)
    if not isinstance(tables, dict):
        return data
    named = {id: one for id, one in tables.items() if isinstance(one, dict) and isinstance(one.get(key), str)}
    return {**data, section: {**tables, **{id: {**one, key: content(one[key], id)} for id, one in named.items()}}}
