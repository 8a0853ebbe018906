"""The charts of the bundle: what each one shows, from which statement, as Superset has it."""

from dataclasses import dataclass
from typing import Any

DAY = "%Y-%m-%d"
SHARE = ".1%"
DAYS = "+.1f"
MONEY = ",.0f"
FORMATS = {
    "chance_of_plan": SHARE,
    "confidence": SHARE,
    "probability": SHARE,
    "occurrence": SHARE,
    "ci_low": SHARE,
    "ci_high": SHARE,
    "margin": "+.1%",
    "criticality": SHARE,
    "criticality_ci_low": SHARE,
    "criticality_ci_high": SHARE,
    "days_since_last_status": DAYS,
    "days_p80": DAYS,
    "days_p80_ci_low": DAYS,
    "days_p80_ci_high": DAYS,
    "finish_days_p80": ".1f",
    "float_p10": ".1f",
    "cost": MONEY,
    "cost_p50": MONEY,
    "cost_p80": MONEY,
    "cost_p80_ci_low": MONEY,
    "cost_p80_ci_high": MONEY,
}


@dataclass(frozen=True)
class Chart:
    """A chart: its file, its heading, the statement it reads, the kind that Superset calls it, its settings."""

    key: str
    title: str
    table: str
    kind: str
    settings: dict[str, Any]
    height: int = 50
    """In units of 8 pixels."""


def condition(sql: str) -> dict[str, str]:
    """Return a filter in SQL."""
    return {"expressionType": "SQL", "sqlExpression": sql, "clause": "WHERE", "filterOptionName": f"filter: {sql}"}


def measure(sql: str, label: str) -> dict[str, Any]:
    """Return a measure in SQL under a name."""
    return {
        "expressionType": "SQL",
        "sqlExpression": sql,
        "label": label,
        "hasCustomLabel": True,
        "optionName": f"metric: {label}",
    }


def table(
    key: str, title: str, source: str, columns: str, *, order: str, where: str = "is_latest", height: int = 75
) -> Chart:  # fmt: skip
    """Return rows as they are; ``order`` is a column, with a minus for the largest first."""
    names = columns.split()
    settings = {
        "query_mode": "raw",
        "all_columns": names,
        "order_by_cols": [f'["{order.lstrip("-")}", {"false" if order.startswith("-") else "true"}]'],
        "adhoc_filters": [condition(where)] if where else [],
        "row_limit": 10000,
        "table_timestamp_format": DAY,
        "column_config": {name: {"d3NumberFormat": FORMATS[name]} for name in names if name in FORMATS},
        "show_cell_bars": False,
        "include_search": True,
        "page_length": 20,
    }
    return Chart(key, title, source, "table", settings, height)


def bars(
    key: str, title: str, source: str, category: str, *, value: dict[str, Any], where: str, format_: str
) -> Chart:  # fmt: skip
    """Return a bar for each category, the longest ones only."""
    settings = {
        "x_axis": category,
        "metrics": [value],
        "groupby": [],
        "adhoc_filters": [condition(where)],
        "timeseries_limit_metric": value,
        "order_desc": True,
        "row_limit": 15,
        "orientation": "horizontal",
        "x_axis_sort": value["label"],
        "x_axis_sort_asc": True,
        "y_axis_format": format_,
        "show_legend": False,
        "show_value": True,
    }
    return Chart(key, title, source, "echarts_timeseries_bar", settings)


def lines(
    key: str, title: str, source: str, axis: str, *, values: list[dict[str, Any]], by: str = "", where: str = "",
    format_: str = MONEY, axis_format: str = DAY,
) -> Chart:  # fmt: skip
    """Return a line for each value, or for each group of rows, along an axis of days or numbers."""
    settings = {
        "x_axis": axis,
        "time_grain_sqla": None,
        "metrics": values,
        "groupby": by.split(),
        "adhoc_filters": [condition(where)] if where else [],
        "order_desc": False,
        "row_limit": 50000,
        "x_axis_sort_asc": True,
        "x_axis_time_format": axis_format,
        "x_axis_number_format": axis_format if axis_format != DAY else MONEY,
        "y_axis_format": format_,
        "truncateYAxis": True,
        "y_axis_bounds": [None, None],
        "show_legend": True,
        "markerEnabled": True,
        "markerSize": 5,
    }
    return Chart(key, title, source, "echarts_timeseries_line", settings)
