"""The star's tables of what a confidence takes: beyond the plan, and of finish and cost at once."""

from riskengine.results.tables.column import Column
from riskengine.star.day_columns import day_of
from riskengine.star.key_columns import RUN_KEY
from riskengine.star.table import FLOAT, StarTable, taken

FACT_CONTINGENCY = StarTable(
    "fact_contingency",
    "run, target, measure and confidence",
    "What a confidence takes of the finish of every target and of the cost, and by how much it is beyond the plan and "
    "beyond the mean. A finish is in days after the start of the project.",
    (
        RUN_KEY,
        *taken("contingency", "target measure confidence"),
        *(
            Column(
                f"percentile{end}",
                FLOAT,
                "working days of the project calendar, or currency of the scenario",
                f"{noun}what it takes: of a finish, days after the start of the project; or cost",
                True,
            )
            for end, noun in (
                ("", ""),
                ("_ci_low", "lower end of the 95 % interval of "),
                ("_ci_high", "upper end of it: "),
            )
        ),
        *taken("contingency", "instant instant_ci_low instant_ci_high"),
        day_of("date", "instant", True),
        *taken(
            "contingency",
            but="target measure confidence percentile percentile_ci_low percentile_ci_high "
            "instant instant_ci_low instant_ci_high",
        ),
    ),
    key=("run_key", "target", "measure", "confidence"),
)

FACT_JOINT = StarTable(
    "fact_joint",
    "run, date and amount",
    "How sure it is that a date and an amount are kept at once: the frontier of a level, equal percentiles, each at "
    "the level by itself, the plan, and each gate on both.",
    (
        RUN_KEY,
        *taken("joint"),
        day_of("finish_date", "finish", True),
    ),
    key=("run_key", "number"),
)
