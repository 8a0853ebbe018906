"""Plans that the engine is tried on."""

import tomllib

from riskengine import plan
from riskengine.plan import Plan
from riskengine.scenario import parse


def compiled(tasks: int = 6, risks: int = 3, gate: str = "2027-04-20", more: str = "") -> Plan:
    """Compile a chain of tasks, each with a threat on it but for the last ones."""
    lines = ['schema = 1\nname = "chain"\nstart = 2027-03-01\n']
    for at in range(tasks):
        after = f'after = ["t{at - 1:02d}"]\n' if at else ""
        lines.append(f"[tasks.t{at:02d}]\nduration = [3, 5, 12]\n{after}cost.rate = 100\n")
    for at in range(risks):
        lines.append(f"[risks.r{at:02d}]\nprobability = 0.3\nimpacts.t{at:02d}.delay = {at + 1}\n")
    lines.append(f"[gates.end]\nfinish = {gate}\nconfidence = 0.8\n")
    return plan.compile(parse(tomllib.loads("\n".join([*lines, more])), "chain.toml"))
