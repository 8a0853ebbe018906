"""Small plans for the tests of the Python API."""

STAND = """schema = 1
name = "Exhibition stand"
start = 2027-03-01
currency = "EUR"
targets = ["design"]

[tasks.design]
duration = [5, 8, 15]
[tasks.build]
duration = [10, 12, 20]
after = ["design"]
cost = { fixed = 4000, rate = 900 }

[risks.printer]
probability = 0.25
impacts.build.delay = [2, 3, 8]

[gates.hall-opens]
finish = 2027-03-31
confidence = 0.8
[gates.money]
cost = 100000
confidence = 0.5
"""
"""Two tasks in a row, a risk, a gate that fails or passes by the date and one that passes by the money."""
