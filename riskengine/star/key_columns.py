"""Keys over all runs, which the tables of the star schema are joined by."""

from riskengine.results.tables.column import Column
from riskengine.results.tables.column_types import NONE
from riskengine.star.table import TEXT

RUN_KEY = Column("run_key", TEXT, NONE, "key of the run: SCENARIO_KEY@STATUS_DATE")
TASK_KEY = Column("task_key", TEXT, NONE, "key of the task over all runs: RUN_KEY/TASK")
RISK_KEY = Column("risk_key", TEXT, NONE, "key of the risk over all runs: RUN_KEY/RISK")
ACTION_KEY = Column("action_key", TEXT, NONE, "key of the action over all runs: RUN_KEY/ACTION")
GATE_KEY = Column("gate_key", TEXT, NONE, "key of the gate over all runs: RUN_KEY/GATE")
RESOURCE_KEY = Column("resource_key", TEXT, NONE, "key of the resource over all runs: RUN_KEY/RESOURCE")
