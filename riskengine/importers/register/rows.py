"""From the rows of a register to risks; every fault of every row is told, and nothing is dropped in silence."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from riskengine.errors.counting import counted, first_names
from riskengine.importers.neutral import ImportedRisk
from riskengine.importers.register import words
from riskengine.importers.register.column_map import ColumnMap, key_of
from riskengine.importers.register.columns import POSITION_WORDS, Column, Columns, Position
from riskengine.importers.register.impacts import ImpactReader, Points
from riskengine.importers.register.numbers import decimal_mark
from riskengine.importers.register.probabilities import ProbabilityReader
from riskengine.importers.register.targets import PREFIX, Targets
from riskengine.importers.register.view import check_row, is_unreadable, left_out, read_headings
from riskengine.importers.sheets.faults import SheetFaults
from riskengine.model.fields import LONGEST_ID, LONGEST_NAME, LONGEST_TEXT
from riskengine.scenario.tables.sheet_notes import fill_merged, view_notes
from riskengine.scenario.tables.sheets import Odd, Sheet, cell_text, is_blank
from riskengine.scenario.tables.spelling import plain
from riskengine.scenario.tables.spelling import words as spelled_words

TOTALS: Final = frozenset({"total", "totals", "sum", "summe", "gesamt", "somme", "grand total", "subtotal"})
PARTS: Final = ("cause", "event", "effect", "category")
MOST_NOTED: Final = 20

MOST_IMPACTS: Final = 100_000
"""Delays and costs of a register, which take 2 kB each."""


class RowReader:
    """Reads the rows of one register.

    Parameters
    ----------
    sheet, columns
        The register, and what its columns hold.
    column_map : ColumnMap
        Words and scales that the user gave.
    wanted : str
        Whether numbers before or after mitigation are wanted.
    targets : Targets
        The tasks that risks may name.
    faults : SheetFaults
        Where faults go.
    """

    def __init__(
        self,
        sheet: Sheet,
        columns: Columns,
        column_map: ColumnMap,
        wanted: Position,
        targets: Targets,
        faults: SheetFaults,
    ) -> None:
        self.sheet = sheet
        self.columns = columns
        self.column_map = column_map
        self.wanted = wanted
        self.targets = targets
        self.faults = faults
        self.noted: dict[str, list[str]] = {}
        self.lines: dict[str, int] = {}
        self.impact_count = 0
        self.first = columns.header.row + 1
        costs = {column.index for column in columns.of("cost")}
        is_sound, covered = fill_merged(sheet, columns.header.row, lambda column: column not in costs)
        if not is_sound:
            faults.file("RE853", rule="the workbook must be readable (its merged cells overlap)")
        rows = self.rows()
        out, self.views = left_out(sheet, rows, columns, column_map)
        rows = [row for row in rows if row not in out]
        self.views += view_notes(sheet, columns.header.row, rows, read_headings(columns), covered)
        mark = column_map.decimal or self.mark(rows)
        self.probabilities = [
            ProbabilityReader(
                sheet, points[""], rows=self.counted(rows), column_map=column_map, mark=mark, faults=faults
            )
            for points in columns.measures.get("probability", [])
        ]
        self.impacts = {
            measure: [
                ImpactReader(
                    measure,
                    sheet,
                    columns=points,
                    column_map=column_map,
                    mark=mark,
                    faults=faults,
                    header=columns.header.row,
                )
                for points in columns.measures.get(measure, [])
            ]
            for measure in ("delay", "cost")
        }
        self.numbered = rows

    def rows(self) -> list[int]:
        """Return the rows that hold a risk: not those that are empty, repeat the headings, or add up."""
        rows = []
        used = read_headings(self.columns)
        for row in range(self.first, len(self.sheet.rows)):
            cells = [(column, value) for column, value in enumerate(self.sheet.rows[row]) if not is_blank(value)]
            if not cells:
                continue
            texts = [(column, key_of(cell_text(value))) for column, value in cells]
            heads = [key_of(text.split(" / ")[-1]) for text in self.columns.header.texts]
            if len(texts) > 1 and all(text in heads[column : column + 1] for column, text in texts):
                continue
            if "id" in self.columns.texts and not self.text(row, "id") and texts[0][1].rstrip(":") in TOTALS:
                self.note("rows without an id that add up are left out", f"row {self.sheet.lines[row]}")
                continue
            if any(isinstance(value, Odd) and value.has_no_value for column, value in cells if column in used):
                rows.append(row)
                continue
            if not any(column in used for column, _ in cells):
                self.note("rows with nothing in the columns that are read are left out", f"row {self.sheet.lines[row]}")
                continue
            if len(cells) == 1 and (" " in texts[0][1] or not any(sign.isdigit() for sign in texts[0][1])):
                self.note("rows of one text only are taken for headings in between", f"row {self.sheet.lines[row]}")
                continue
            rows.append(row)
        return rows

    def counted(self, rows: Sequence[int]) -> list[int]:
        """Return the rows whose numbers matter: not those of risks that are closed."""
        return [row for row in rows if self.status(row, is_quiet=True) != "closed"]

    def mark(self, rows: Sequence[int]) -> str:
        """Return the decimal mark of the register, told by the texts in its columns of numbers."""
        pairs = [(c.index, name) for name in ("probability", "delay", "cost") for c in self.columns.of(name)]
        cells = ((self.sheet.cell(row, index), name) for row in rows for index, name in pairs)
        return decimal_mark((cell, name) for cell, name in cells if isinstance(cell, str))

    def note(self, words_: str, who: str) -> None:
        """Note something for one risk or row."""
        self.noted.setdefault(words_, []).append(who)

    def notes(self) -> list[str]:
        """Return the notes, each with the risks that it is about."""
        return self.views + [f"{text}: {first_names(who, MOST_NOTED)}" for text, who in self.noted.items()]

    def text(self, row: int, field: str, longest: int = LONGEST_NAME) -> str:
        """Return the text in a column, without characters that cannot be shown; empty where there is none."""
        column = self.columns.texts.get(field)
        if column is None:
            return ""
        text = cell_text(self.sheet.cell(row, column.index))
        text = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text.replace("\r\n", "\n"))
        if len(text) > longest:
            self.note(f"texts longer than {longest} characters are cut", self.sheet.place(row, column.index))
            text = text[: longest - 3] + "..."
        return text.strip()

    def is_told(self, row: int, field: str) -> bool:
        """Return whether a cell cannot be read as it stands, which is reported for the row as a whole."""
        column = self.columns.texts.get(field)
        return column is not None and is_unreadable(self.sheet.cell(row, column.index), field)

    def read(self) -> list[ImportedRisk]:
        """Return the risks in the order of the register."""
        risks: dict[str, ImportedRisk] = {}
        for row in self.numbered:
            if self.status(row, is_quiet=True) != "closed":
                check_row(self.sheet, row, self.columns, self.faults)
            risk = self.risk(row, risks)
            if self.impact_count > MOST_IMPACTS:
                rule = f"a register must give at most {MOST_IMPACTS:,} delays and costs, each task of a risk counted"
                self.faults.file("RE103", rule=rule, line=self.sheet.lines[row])
                break
            if risk is not None and risk.id not in risks:
                risks[risk.id] = risk
                self.lines[risk.id] = self.sheet.lines[row]
        for risk in risks.values():
            if not risk.impacts:
                self.note("risks without any impact", risk.id)
        return list(risks.values())

    def currency(self) -> str:
        """Return the code of the one currency that headings and cells of costs name, empty where they name none."""
        return next((code for reader in self.impacts["cost"] for code in reader.currencies), "")

    def risk(self, row: int, earlier_risks: Mapping[str, ImportedRisk]) -> ImportedRisk | None:
        """Return the risk of one row; None where it is closed, faulty, or one more row of a risk that is there."""
        status = self.status(row)
        id_ = self.id(row)
        if id_ is None or status is None:
            return None
        if status == "closed":
            self.note("closed risks are left out", id_)
            return None
        if status == "proposed":
            self.note("proposed risks are taken as open", id_)
        earlier = earlier_risks.get(id_)
        is_opportunity = self.is_opportunity(row, id_, earlier)
        name = " ".join((self.text(row, "name") or self.text(row, "event")).split())
        if earlier is not None and name not in ("", earlier.name):
            first = f"first at {self.sheet.place(self.sheet.lines.index(self.lines[id_]), None)}"
            rule = f"an id must be given once, but for further rows of the same risk ({first})"
            self.faults.cell("RE866", self.sheet, row, column=self.columns.texts["id"].index, heading="", rule=rule)
            return None
        risk = earlier or ImportedRisk(
            id=id_,
            name=name,
            description=self.description(row),
            owner=" ".join(self.text(row, "owner").split()),
            status=status,
            is_opportunity=is_opportunity,
        )
        probability = self.probability(row, status, risk, is_further=earlier is not None)
        risk.probability = probability if earlier is None else earlier.probability
        readers = [reader for readers in self.impacts.values() for reader in readers]
        if earlier is not None and all(reader.is_blank(row) for reader in readers):
            rule = "a further row of a risk must have an impact of its own on the tasks that it names"
            self.faults.cell("RE866", self.sheet, row, None, rule=rule)
        self.take_impacts(risk, row)
        return risk

    def id(self, row: int) -> str | None:
        """Return the id of a row, or None after a fault; a slash, which ids cannot have, becomes a dash."""
        if "id" not in self.columns.texts:
            self.note("there is no column of ids: risks are named after their rows", f"row {self.sheet.lines[row]}")
            return f"row {self.sheet.lines[row]}"
        column = self.columns.texts["id"]
        if self.is_told(row, "id"):
            return None
        text = " ".join(self.text(row, "id", LONGEST_ID).split())
        if not text or text == "project":
            self.faults.cell(
                "RE866", self.sheet, row, column=column.index, heading=column.heading, rule="every risk must have an id"
            )
            return None
        if "/" in text:
            self.note("a slash in an id becomes a dash", text)
        return text.replace("/", "-")

    def status(self, row: int, *, is_quiet: bool = False) -> str | None:
        """Return open, proposed, closed or occurred, or None after a fault."""
        text = self.text(row, "status")
        if self.is_told(row, "status"):
            return None
        if not text:
            return "open"
        key = key_of(text)
        status = self.column_map.statuses.get(key) or words.STATUSES.get(" ".join(spelled_words(key)))
        if status is None and not is_quiet:
            column = self.columns.texts["status"]
            self.faults.cell("RE864", self.sheet, row, column.index, column.heading)
        return status

    def is_opportunity(self, row: int, id_: str, earlier: ImportedRisk | None) -> bool:
        """Return whether a risk is an opportunity; an empty cell of a column of kinds is a threat, which is said."""
        if "kind" not in self.columns.texts or self.is_told(row, "kind"):
            return False
        has_kind = bool(self.text(row, "kind"))
        kind = self.kind(row)
        if earlier is None and not has_kind:
            self.note("risks without a kind are taken for threats", id_)
        if earlier is not None and has_kind and (kind == "opportunity") != earlier.is_opportunity:
            column = self.columns.texts["kind"]
            rule = "further rows of a risk must have its kind, or none"
            self.faults.cell("RE866", self.sheet, row, column.index, column.heading, rule=rule)
        return kind == "opportunity"

    def kind(self, row: int) -> str:
        """Return threat or opportunity."""
        text = self.text(row, "kind")
        key = key_of(text)
        kind = self.column_map.kinds.get(key) or words.KINDS.get(key)
        if text and kind is None:
            column = self.columns.texts["kind"]
            self.faults.cell("RE865", self.sheet, row, column.index, column.heading)
        return kind or "threat"

    def description(self, row: int) -> str:
        """Return the description with cause, event, effect and category."""
        parts = [self.text(row, "description", LONGEST_TEXT // 2)]
        parts += [
            f"{part.capitalize()}: {text}" for part in PARTS if (text := self.text(row, part, LONGEST_TEXT // 10))
        ]
        return "\n".join(part for part in parts if part)

    def probability(self, row: int, status: str, risk: ImportedRisk, *, is_further: bool) -> float | None:
        """Return the probability of a risk, or None after a fault; what has occurred is certain."""
        if status == "occurred":
            self.note("risks that occurred are certain", risk.id)
            return 1.0
        for reader in self.probabilities:
            if not is_blank(self.sheet.cell(row, reader.column.index)):
                self.say_position(reader.column, "probability", risk.id)
                probability = reader.read(row)
                if is_further and probability is not None and probability != risk.probability:
                    rule = "further rows of a risk must have its probability, or none"
                    reader.refuse("RE866", row, rule)
                return probability
        if self.probabilities and not is_further:
            column = self.probabilities[0].column
            self.faults.cell("RE870", self.sheet, row, column.index, column.heading)
        return None

    def say_position(self, column: Column, what: str, id_: str) -> None:
        """Note that a number is not of the position that is wanted."""
        if self.wanted == "post" and column.position == "pre":
            self.note(f"no {what}{POSITION_WORDS['post']} is given, so that{POSITION_WORDS['pre']} is used", id_)

    def take_impacts(self, risk: ImportedRisk, row: int) -> None:
        """Add the impacts of a row to its risk."""
        keys = self.named_tasks(row)
        self.impact_count += max(1, len(keys))
        for measure, readers in self.impacts.items():
            reader = next((reader for reader in readers if not reader.is_blank(row)), None)
            points = reader.read(row) if reader is not None else None
            if reader is None or points is None:
                continue
            self.say_position(next(iter(reader.columns.values())), measure, risk.id)
            estimate, is_turned = reader.estimate(points, row, is_opportunity=risk.is_opportunity)
            if estimate is None:
                continue
            if is_turned:
                self.note("amounts of opportunities are taken for what they save", risk.id)
            self.place(risk, measure, estimate=estimate, points=points, keys=keys, row=row)
        risk.tasks += [key for key in keys if key not in risk.tasks]

    def place(
        self, risk: ImportedRisk, measure: str, estimate: dict[str, Any], points: Points, keys: list[str], row: int
    ) -> None:
        """Let an impact act: a delay on each task that is named, a cost once, on the task or on the project."""
        on = keys or ["project"]
        if points.is_share:
            measure = "cost_factor"
            whose = "of what the risk names" if keys else "of everything, where the risk names no task"
            self.note(f"percentages of cost are shares of the cost {whose}", risk.id)
        if measure == "cost" and (len(on) > 1 or self.targets.count(on[0]) != 1 or on[0].startswith(("wbs:", "tag:"))):
            on = ["project"]
        if not keys and measure == "delay":
            self.note("delays of risks that name no task act on the finish of the project", risk.id)
        if measure == "delay" and (len(on) > 1 or self.targets.count(on[0]) > 1):
            count = sum(max(self.targets.count(key), 1) for key in on)
            self.note("delays act on each of several tasks in full", f"{risk.id} ({counted(count, 'task')})")
        hit: dict[str, str] = {
            task: key for key, effects in risk.impacts.items() if measure in effects for task in self.targets.hits(key)
        }
        for key in on:
            if any(task in hit for task in self.targets.hits(key)):
                rule = f'a risk must give a {measure} on "{key}" once'
                self.faults.cell("RE866", self.sheet, row, None, rule=rule)
                continue
            hit.update(dict.fromkeys(self.targets.hits(key), key))
            risk.impacts.setdefault(key, {})[measure] = dict(estimate)

    def named_tasks(self, row: int) -> list[str]:
        """Return the keys of the impacts of a row, without those that are not known."""
        impact_keys: list[str] = []
        for field in PREFIX:
            text = self.text(row, field, LONGEST_TEXT)
            if self.is_told(row, field):
                continue
            if not text or plain(text) in ("-", "n/a", "none", "all risks"):
                continue
            keys, unknown = self.targets.find(text, field)
            impact_keys += [key for key in keys if key not in impact_keys]
            column = self.columns.texts[field]
            for name in unknown:
                cure = self.targets.cure(name)
                self.faults.cell("RE868", self.sheet, row, column.index, column.heading, cure=cure, part=name)
        return impact_keys
