"""Networks that are not series-parallel, and the later of two normal durations."""

from tests.verification.case import Case, Quantity
from tests.verification.observed import criticality, mean, percentile, sd

BRIDGE = """
schema = 1
name = "{name}"
start = 2027-01-01
calendar = "24h"
defaults.shape = "triangular"
[tasks.A]
duration = {A}
[tasks.B]
duration = {B}
[tasks.C]
duration = {C}
after = ["A"]
[tasks.D]
duration = {D}
after = ["A"]
[tasks.E]
duration = {E}
after = ["B", "C"]
"""

QUADRATURE = "quadrature over the bridge's two cut tasks"


def bridge(name: str, **durations: str) -> str:
    """The Wheatstone bridge: finish is the largest of A + D, A + C + E and B + E."""
    return BRIDGE.format(name=name, **durations)


W1 = Case(
    "W1",
    "Wheatstone bridge, uniform (0, 1)",
    QUADRATURE,
    bridge("W1", **dict.fromkeys("ABCDE", '{ shape = "uniform", low = 0, high = 1 }')),
    (
        Quantity("mean", 1.575, mean()),
        Quantity("sd", 0.435901, sd()),
        Quantity("P10", 1.017781, percentile(10)),
        Quantity("P50", 1.564887, percentile(50)),
        Quantity("P80", 1.940088, percentile(80)),
        Quantity("P90", 2.156567, percentile(90)),
        Quantity("criticality of D (path A D)", 0.1416, criticality("D"), 5e-5),
        Quantity("criticality of C (path A C E)", 0.7166, criticality("C"), 5e-5),
        Quantity("criticality of B (path B E)", 0.1417, criticality("B"), 5e-5),
    ),
)

W2 = Case(
    "W2",
    "Wheatstone bridge, triangular",
    QUADRATURE,
    bridge("W2", A="[2, 4, 9]", B="[3, 6, 12]", C="[1, 2, 5]", D="[4, 7, 14]", E="[2, 5, 10]"),
    (
        Quantity("mean", 14.925729, mean()),
        Quantity("sd", 2.159451, sd()),
        Quantity("P10", 12.135203, percentile(10)),
        Quantity("P50", 14.887401, percentile(50)),
        Quantity("P80", 16.785390, percentile(80)),
        Quantity("P90", 17.771035, percentile(90)),
        Quantity("criticality of D (path A D)", 0.4028, criticality("D"), 5e-5),
        Quantity("criticality of C (path A C E)", 0.3231, criticality("C"), 5e-5),
        Quantity("criticality of B (path B E)", 0.2741, criticality("B"), 5e-5),
    ),
)

EXPONENTIAL = '{ shape = "exponential", mean = 1 }'

X1 = Case(
    "X1",
    "Wheatstone bridge, exponential with mean 1",
    "Markov chain",
    bridge("X1", **dict.fromkeys("ABCDE", EXPONENTIAL)),
    (
        Quantity("mean", 3.458333, mean()),
        Quantity("sd", 1.699162, sd()),
        Quantity("P10", 1.578161, percentile(10)),
        Quantity("P50", 3.161167, percentile(50)),
        Quantity("P80", 4.714520, percentile(80)),
        Quantity("P90", 5.721887, percentile(90)),
    ),
)

ARCS = ("12", "13", "23", "24", "26", "36", "45", "47", "56", "58", "69", "78", "89")


def arcs_as_tasks() -> str:
    """Tasks of a network whose arcs are activities: an arc follows every arc that ends where it begins."""
    lines = []
    for arc in ARCS:
        before = [f'"arc{other}"' for other in ARCS if other[1] == arc[0]]
        lines.append(f"[tasks.arc{arc}]\nduration = {EXPONENTIAL}\nafter = [{', '.join(before)}]\n")
    return "".join(lines)


X3 = Case(
    "X3",
    "nine nodes, thirteen exponential arcs (Avramidis and Wilson 1996)",
    "Markov chain",
    'schema = 1\nname = "X3"\nstart = 2027-01-01\ncalendar = "24h"\n' + arcs_as_tasks(),
    (
        Quantity("mean", 6.566019, mean()),
        Quantity("sd", 2.215184, sd()),
        Quantity("P10", 4.004262, percentile(10)),
        Quantity("P50", 6.268057, percentile(50)),
        Quantity("P80", 8.272401, percentile(80)),
        Quantity("P90", 9.512374, percentile(90)),
    ),
)

# Both durations stand 100 days higher than in the source, so that no draw comes near zero; a maximum shifts with them.
NORMALS = Case(
    "N1",
    "the later of two normal durations (110, 2) and (111, 3)",
    "Clark (1961)",
    """
schema = 1
name = "N1"
start = 2027-01-01
calendar = "24h"
[tasks.first]
duration = { shape = "normal", mean = 110, sd = 2, min = 0 }
[tasks.second]
duration = { shape = "normal", mean = 111, sd = 3, min = 0 }
""",
    (
        Quantity("mean", 111.993378, mean()),
        Quantity("P80", 113.79103, percentile(80), 5e-6),
        Quantity("criticality of the first", 0.390756, criticality("first")),
    ),
)

CASES = (W1, W2, X1, X3, NORMALS)
