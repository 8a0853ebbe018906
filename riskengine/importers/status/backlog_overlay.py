"""The status that the next export of a plan with backlogs is: what is left to do of each, and what was done by now."""

from dataclasses import dataclass, field
from datetime import date, datetime

from riskengine.errors import Issue, ScenarioError
from riskengine.errors.counting import first_names
from riskengine.importers.items.periods import Period
from riskengine.importers.items.remarks import Remarks
from riskengine.importers.items.throughput import GroupHistory
from riskengine.importers.status.overlay import STATUS, StatusUpdate, Table
from riskengine.importers.status.plan_before import PlanBefore
from riskengine.importers.status.throughput_plan import ThroughputPlan, backlog_name, backlog_table
from riskengine.importers.to_scenario.naming import Names, line, paragraphs
from riskengine.importers.to_scenario.toml_text import key
from riskengine.model.format import as_written


@dataclass(slots=True)
class BacklogOverlay:
    """Compares the histories of an export with the backlogs of a plan.

    Attributes
    ----------
    before : PlanBefore
    export : ThroughputPlan
    period : Period
        Of a row of the histories.
    remarks : Remarks
        What has changed.
    removals : list of str
        What has to be taken out of the plan.
    """

    before: PlanBefore
    export: ThroughputPlan
    period: Period
    remarks: Remarks = field(default_factory=Remarks)
    removals: list[str] = field(default_factory=list)

    def status(self, extends: str) -> StatusUpdate:
        """Return the document that extends the plan.

        Raises
        ------
        ScenarioError
            When the export has no dated item of one of its backlogs.
        """
        ids = {table["name"]: id for id, table in self.before.imported_backlogs.items()}
        self.refuse_missing(ids)
        names = Names({id: None for section in ("tasks", "backlogs") for id in self.before.whole.get(section, ())})
        tables: dict[str, Table] = {}
        for number, history in enumerate(self.export.histories):
            name = backlog_name(history, self.export.id)
            if name in ids and ids[name] not in self.before.whole.get("backlogs", {}):
                self.remarks.add("backlog|backlogs taken out by hand: left out", ids[name])
            elif name in ids:
                tables[ids[name]] = self.changes(ids[name], history)
            elif history.open_ids:
                id = names.add(history.name or self.export.id, f"backlog-{number + 1}")
                tables[id] = backlog_table(self.export, history, self.period)
                self.remarks.add("backlog|backlogs added", id)
        notes = [paragraphs(note) for note in [*self.remarks.lines(), *self.export.notes]]
        day = self.export.data_date.date().isoformat()
        name = STATUS.sub("", str(self.before.whole.get("name") or self.before.path.stem))
        content = {
            "schema": 1,
            "name": line(f"{name}, status of {day}"),
            "extends": extends,
            "data_date": self.export.data_date,
            "remove": self.removals or None,
            "imported": {
                "tool": line(self.export.tool),
                "file": line(self.export.file),
                "project": self.export.id,
                "data_date": self.export.data_date,
                "notes": notes or None,
            },
            "backlogs": {id: table for id, table in tables.items() if table},
        }
        written = {key: value for key, value in as_written(content).items() if value not in ({}, None)}
        counts = {
            "items left to do": sum(len(each.open_ids) for each in self.export.histories),
            "backlogs done": sum("actual_finish" in table for table in tables.values()),
        }
        return StatusUpdate(written, self.remarks, counts)

    def refuse_missing(self, ids: dict[str, str]) -> None:
        """Refuse an export that says nothing of a backlog: whether it is done, or was left out, nobody can tell."""
        there = {backlog_name(each, self.export.id) for each in self.export.histories}
        whole = self.before.whole.get("backlogs", {})
        open_ids = {id for id, table in whole.items() if "actual_finish" not in table}
        missing = [id for name, id in ids.items() if name not in there and id in open_ids]
        if missing:
            rule = "the export must have items of every backlog of the plan, done ones with their dates among them"
            cure = "Export the same project or filter with its done items, and give --by as before."
            value = f"none of {first_names(missing, 10)}"
            raise ScenarioError([Issue("RE635", "", rule, value, self.export.file, cure=cure)])

    def changes(self, id: str, history: GroupHistory) -> Table:
        """Return what has become of a backlog of the plan: of items and history, what the export counts holds."""
        whole, imported = self.before.whole["backlogs"][id], self.before.imported_backlogs[id]
        if not history.open_ids:
            return self.finished(id, whole, history)
        table: Table = {"items": len(history.open_ids)}
        if whole["items"] != imported["items"]:
            statement = "backlog|backlogs whose items were changed by hand: those of the export count"
            self.remarks.add(statement, f"{id} ({len(history.open_ids)} in place of {whole['items']})")
        elif whole["items"] != table["items"]:
            self.remarks.add("backlog|backlogs with other items left", f"{id} ({whole['items']} to {table['items']})")
        if any(whole.get(name) != imported.get(name) for name in ("done", "history")):
            self.remarks.add("backlog|backlogs whose history was changed by hand: that of the export counts", id)
        table["history"] = history.numbers()
        if whole.get("period", "1w") != self.period.text:
            table["period"] = self.period.text
        if "actual_finish" in whole:
            self.removals.append(f"backlogs.{key(id)}.actual_finish")
            self.remarks.add("backlog|backlogs open again", id)
        if "actual_start" not in whole and self.has_begun(history):
            table["actual_start"] = self.start(history)
            self.remarks.add("backlog|backlogs that has|have begun", id)
        return table

    def finished(self, id: str, whole: Table, history: GroupHistory) -> Table:
        """Return that a backlog is done: by the day of its last item, or by the data date."""
        if "actual_finish" in whole:
            return {}
        self.remarks.add("backlog|backlogs done", id)
        finish: date | datetime = self.export.data_date
        if history.last_day is not None and history.last_day < self.export.data_date.date():
            finish = history.last_day
        return {"actual_finish": finish} | ({} if "actual_start" in whole else {"actual_start": self.start(history)})

    def has_begun(self, history: GroupHistory) -> bool:
        """Return whether an item was done since the status before."""
        return history.last_day is not None and history.last_day >= self.before.scenario.start.date()

    def start(self, history: GroupHistory) -> date | datetime:
        """Return since when a backlog is worked on: the status before, where its last item is not older."""
        begin = min(self.before.scenario.start, self.export.data_date)
        if history.last_day is not None and history.last_day < begin.date():
            return history.last_day
        return begin
