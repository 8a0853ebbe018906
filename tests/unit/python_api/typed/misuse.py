"""Calls that a type checker must find: one fault in each line that ends in a mark; it is never run."""

import riskengine

scenario = riskengine.read(3)  # fault
scenario = riskengine.read("plan.toml")
scenario.chnaged({})  # fault
scenario.changed({5: 1})  # fault
run = riskengine.simulate(scenario, iteration=5)  # fault
run = riskengine.simulate(scenario, seed="x")  # fault
day: float = run.finish(0.8)  # fault
gate: str = run.gate("x")  # fault
riskengine.simulat(scenario)  # fault
