"""Scenarios that the properties are tried on."""

RICH = """
schema = 1
name = "rich"
project = "rich"
start = 2027-03-01
currency = "EUR"
calendar = "office"
targets = ["install"]

[calendars.office]
week = "mon-fri 08:00-12:00 13:00-17:00"
holidays = ["2027-03-26", "2027-12-24..2028-01-02"]
[calendars.site]
week = ["mon-thu 06:00-14:00", "fri 06:00-12:00", "sat off", "sun off"]

[tasks.design]
duration = [20, 25, 40]
cost = { fixed = [10000, 12000, 18000], rate = 1500 }
team = "Systems"
[tasks.procure]
duration = { shape = "lognormal", p10 = 18, p90 = 40 }
after = ["design SS+5d"]
[tasks.foundation]
duration = [10, 12, 20]
calendar = "site"
cost.rate = [900, 1000, 1300]
after = ["design FS-5d"]
[tasks.install]
duration = [15, 18, 30]
calendar = "site"
team = "Systems"
after = ["foundation", { task = "procure", type = "FF", lag = { shape = "uniform", low = 2, high = 6 } }]
[tasks.manuals]
duration = { shape = "discrete", values = [5, 8, 13], weights = [2, 5, 3] }
after = ["install SF+30d", "design"]
[tasks.accept]
milestone = true
after = ["install", "manuals FS+3ed"]

[costs.office]
rate = 400
[costs.insurance]
fixed = { shape = "triangular", low = 5000, most_likely = 6000, high = 9000 }

[risks.late-antenna]
probability = 0.3
impacts.install = { delay = [5, 10, 25], cost = [0, 5000, 20000] }
[risks.permit]
probability = 0.2
impacts.foundation = { delay = "15ed" }
[risks.productivity]
kind = "driver"
[risks.productivity.impacts]
"team:Systems" = { factor = [0.9, 1.0, 1.4] }
[risks.reuse]
kind = "opportunity"
probability = 0.5
impacts.manuals = { factor = 0.6, cost = -1000 }

[gates.delivery]
finish = 2027-06-15
confidence = 0.8
[gates.money]
cost = 108000
confidence = 0.7
[gates.both]
finish = 2027-06-15
cost = 108000
confidence = 0.6
"""

FS_NETWORK = """
schema = 1
name = "network"
project = "network"
start = 2027-03-01
calendar = "24h"
[tasks.a]
duration = [4, 6, 12]
[tasks.b]
duration = [3, 7, 9]
[tasks.c]
duration = [2, 5, 11]
after = ["a"]
[tasks.d]
duration = [5, 6, 8]
after = ["a", "b FS+2d"]
[tasks.e]
duration = [1, 4, 9]
after = ["b"]
[tasks.f]
duration = [3, 4, 6]
after = ["c", "d"]
[tasks.g]
duration = [6, 8, 13]
after = ["d FS-1d", "e"]
"""

THREATS = """
[risks.one]
probability = 0.4
active = {active}
impacts.d = {{ delay = [1, 3, 8] }}
[risks.two]
probability = 0.25
active = {active}
[risks.two.impacts]
a = {{ factor = [1.0, 1.2, 1.6] }}
e = {{ factor = [1.0, 1.2, 1.6] }}
[risks.three]
probability = 0.6
active = {active}
impacts."*" = {{ delay = 0.5 }}
"""


def permuted(text: str) -> str:
    """The same scenario with its tables, and the lines of its first table, in the opposite order."""
    head, *tables = text.strip().split("\n[")
    groups: list[list[str]] = []
    for table in tables:
        # A sub-table stays behind the table that it belongs to.
        name = table.split("]")[0]
        if groups and name.startswith(groups[-1][0].split("]")[0] + "."):
            groups[-1].append(table)
        else:
            groups.append([table])
    lines = [line for line in head.splitlines() if line]
    return "\n".join(lines[::-1]) + "\n[" + "\n[".join(t for group in groups[::-1] for t in group) + "\n"
