"""Write the bundle that Superset imports: `python docs/bi/superset/write.py`.

Every object has an id that follows from its name, so that a later import takes the place of what is there.
"""

import json
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from charts import Chart
from dashboards import DASHBOARDS, Dashboard
from tables import COLUMNS, HEADINGS, columns, statement

HERE = Path(__file__).resolve().parent
BUNDLE = HERE / "riskengine"
VERSION = "1.0.0"
DATABASE = "riskengine"
ADDRESS = "postgresql+psycopg2://USER@HOST/DATABASE"
"""To be changed by whoever imports it, in `databases/riskengine.yaml`."""
WRITTEN = "2027-01-01T00:00:00+00:00"
"""Superset wants a time, and reads no meaning out of it: the same scripts write the same bytes."""
WIDTH = 12


def main() -> None:
    """Write all files anew."""
    shutil.rmtree(BUNDLE, ignore_errors=True)
    for name, text in files().items():
        path = BUNDLE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def files() -> dict[str, str]:
    """Return the text of each file of the bundle, by its name in the folder."""
    charts = {chart.key: chart for board in DASHBOARDS for row in board.rows for chart in row}
    documents = {"metadata.yaml": {"version": VERSION, "type": "Dashboard", "timestamp": WRITTEN}}
    documents[f"databases/{DATABASE}.yaml"] = database()
    documents |= {f"datasets/{DATABASE}/{name}.yaml": dataset(name) for name in COLUMNS}
    documents |= {f"charts/{key}.yaml": chart_document(chart) for key, chart in charts.items()}
    documents |= {f"dashboards/{board.key}.yaml": dashboard_document(board) for board in DASHBOARDS}
    return {name: "".join(yaml_lines(document)) for name, document in documents.items()}


def id_of(kind: str, key: str) -> str:
    """Return the id of an object."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"riskengine/superset/{kind}/{key}"))


def database() -> dict[str, Any]:
    """Return the database, without a password."""
    return {
        "database_name": DATABASE,
        "sqlalchemy_uri": ADDRESS,
        "cache_timeout": None,
        "expose_in_sqllab": True,
        "allow_run_async": False,
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_dml": False,
        "allow_file_upload": False,
        "extra": {"allows_virtual_table_explore": True},
        "uuid": id_of("database", DATABASE),
        "version": VERSION,
    }


def dataset(name: str) -> dict[str, Any]:
    """Return a statement as a dataset."""
    types = columns(name)
    return {
        "table_name": name,
        "main_dttm_col": None,
        "description": statement(name).splitlines()[0].removeprefix("-- "),
        "schema": None,
        "sql": statement(name),
        "filter_select_enabled": True,
        "uuid": id_of("dataset", name),
        "metrics": [{"metric_name": "count", "expression": "COUNT(*)", "metric_type": "count"}],
        "columns": [
            {
                "column_name": column,
                "verbose_name": HEADINGS.get(column, column.replace("_", " ")),
                "type": type_,
                "is_dttm": type_ in ("DATE", "TIMESTAMP"),
                "is_active": True,
                "groupby": True,
                "filterable": True,
            }
            for column, type_ in types.items()
        ],
        "version": VERSION,
        "database_uuid": id_of("database", DATABASE),
    }


def chart_document(chart: Chart) -> dict[str, Any]:
    """Return a chart."""
    return {
        "slice_name": chart.title,
        "description": None,
        "viz_type": chart.kind,
        "params": {"viz_type": chart.kind, **chart.settings},
        "cache_timeout": None,
        "uuid": id_of("chart", chart.key),
        "version": VERSION,
        "dataset_uuid": id_of("dataset", chart.table),
    }


def dashboard_document(board: Dashboard) -> dict[str, Any]:
    """Return a dashboard."""
    return {
        "dashboard_title": board.title,
        "description": board.says,
        "css": "",
        "published": True,
        "slug": f"riskengine-{board.key}",
        "uuid": id_of("dashboard", board.key),
        "position": position(board),
        "metadata": {
            "native_filter_configuration": [choice(board)],
            "color_scheme": "supersetColors",
            "refresh_frequency": 0,
            "expanded_slices": {},
            "timed_refresh_immune_slices": [],
            "cross_filters_enabled": False,
        },
        "version": VERSION,
    }


def position(board: Dashboard) -> dict[str, Any]:
    """Return where each chart of a dashboard stands: rows of charts of equal width."""
    rows = [f"ROW-{number}" for number in range(len(board.rows))]
    found: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": rows, "parents": ["ROOT_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": board.title}},
    }
    for row, charts in zip(rows, board.rows, strict=True):
        parents = ["ROOT_ID", "GRID_ID"]
        found[row] = {
            "type": "ROW",
            "id": row,
            "children": [f"CHART-{chart.key}" for chart in charts],
            "parents": parents,
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        }
        for chart in charts:
            found[f"CHART-{chart.key}"] = {
                "type": "CHART",
                "id": f"CHART-{chart.key}",
                "children": [],
                "parents": [*parents, row],
                "meta": {
                    "chartId": 0,  # Superset puts its own number here
                    "uuid": id_of("chart", chart.key),
                    "sliceName": chart.title,
                    "width": WIDTH // len(charts),
                    "height": chart.height,
                },
            }
    return found


def choice(board: Dashboard) -> dict[str, Any]:
    """Return the filter of a dashboard: it has the first value chosen where the reader must choose one."""
    return {
        "id": f"NATIVE_FILTER-{board.key}",
        "type": "NATIVE_FILTER",
        "filterType": "filter_select",
        "name": "Project" if board.choice == "project" else "Scenario",
        "description": "",
        "targets": [{"column": {"name": board.choice}, "datasetUuid": id_of("dataset", "runs")}],
        "scope": {"rootPath": ["ROOT_ID"], "excluded": []},
        "cascadeParentIds": [],
        "requiredFirst": board.is_one,
        "defaultDataMask": {"extraFormData": {}, "filterState": {}, "ownState": {}},
        "controlValues": {
            "multiSelect": not board.is_one,
            "enableEmptyFilter": board.is_one,
            "defaultToFirstItem": board.is_one,
            "inverseSelection": False,
            "searchAllOptions": False,
        },
    }


def yaml_lines(value: dict[str, Any] | list[Any], indent: str = "") -> Iterator[str]:
    """Yield a document as YAML: texts as JSON has them, which YAML reads, and texts of several lines as they stand."""
    pairs = value.items() if isinstance(value, dict) else (("-", item) for item in value)
    for key, item in pairs:
        head = f"{indent}{key}" if key == "-" else f"{indent}{key}:"
        if isinstance(item, dict | list) and item:
            yield f"{head}\n"
            yield from yaml_lines(item, indent + "  ")
        elif isinstance(item, str) and "\n" in item:
            yield f"{head} |\n"
            yield from (f"{indent}  {line}\n" for line in item.splitlines())
        else:
            yield f"{head} {json.dumps(item, ensure_ascii=False)}\n"


if __name__ == "__main__":
    main()
