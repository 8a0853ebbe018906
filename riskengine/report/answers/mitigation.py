"""Which actions to buy: sentences, tables for the terminal, and one JSON object."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from riskengine.analysis.comparison import Comparison, MeasureMovement, Movement
from riskengine.analysis.mitigation import ActionSet, Choice, Clairvoyant, Worth
from riskengine.errors.counting import counted
from riskengine.report.answers.comparison import (
    INTERVAL,
    bare_signed_money,
    bracketed,
    costs_anything,
    difference_texts,
    gate_document,
    gate_lines,
    gate_words,
    measure_documents,
    movement_document,
    movements_words,
    of_project,
    points_of,
)
from riskengine.report.summary.words import ANSWERS
from riskengine.report.text.intervals import bare_signed_days
from riskengine.report.text.layout import paragraph, table
from riskengine.report.text.notation import UNKNOWN, chance, clean, estimate, is_nothing, money, with_decimals

Manifest = Mapping[str, Any]

AIMS: Final = {
    "p80-finish": "P80 of the finish",
    "p80-cost": "P80 of the cost",
    "mean-cost": "the mean cost",
    "worst-finish": "the mean of the worst fifth of the finish",
    "worst-cost": "the mean of the worst fifth of the cost",
}
"""What is minimised, by its name."""
SHOWN: Final = 5
"""Sets that cannot be told from the best, and actions by name, that a table or a sentence has at the most."""
THOUSAND: Final = 1000


def sentences(choice: Choice, manifest: Manifest) -> list[str]:
    """Return the choice in sentences: what to buy, what it buys, gate by gate, and how sure that is."""
    best, currency = choice.best, manifest["currency"]
    lines = [f"{advice(choice, currency)}{limits_words(choice, currency)}"]
    if best.actions:
        moves = movements_words(of_project(best.comparison), currency)
        lines.append(f"{'It' if len(best.actions) == 1 else 'Together they'} {plural(moves, len(best.actions))}.")
        cost = cost_of(best.comparison)
        if costs_anything(cost):
            lines.append(mean_cost_words(cost, currency))
    lines += [gate_words(gate, "the plan") for gate in best.comparison.gates]
    lines.append(alike_words(choice, currency))
    lines.append(clairvoyant_words(choice, currency))
    return [line for line in lines if line]


def answer(choice: Choice) -> str:
    """Return the answer of the gate that is to be reached, empty where none is."""
    return ANSWERS[choice.answer] if choice.answer else ""


def plural(words: str, count: int) -> str:
    """Return what one set does in words for one action or for several."""
    if count == 1:
        return words
    return words.replace("moves ", "move ", 1).replace("leaves ", "leave ", 1)


def advice(choice: Choice, currency: str) -> str:
    """Return what to buy."""
    best = choice.best
    bought = f"buy {names_of(best.actions)} for {money(best.price, currency)}" if best.actions else "buy nothing"
    if not choice.gate:
        return f"For the least {AIMS[choice.objective].removeprefix('the ')}, {bought}"
    gate = clean(choice.gate)
    if choice.answer == "pass":
        return f"To reach gate {gate} at least cost, {bought}"
    verb = "can be reached" if choice.answer == "fail" else "is reached for certain"
    nearest = "the plan as it is" if not best.actions else f"to {bought}"
    return f"Gate {gate} {verb} by no set of actions; the nearest is {nearest}"


def limits_words(choice: Choice, currency: str) -> str:
    """Return out of how many sets, and within which budget."""
    parts = []
    if choice.budget is not None:
        parts.append(f"within {money(choice.budget, currency)}")
    if choice.most is not None:
        parts.append(f"with at most {counted(choice.most, 'action')}")
    limits = f", {' and '.join(parts)}" if parts else ""
    return f": the best of {counted(choice.possible, 'set')} that can be bought{limits}."


def names_of(actions: Sequence[str]) -> str:
    """Return actions by their ids, all of them."""
    return ", ".join(map(clean, actions)) if actions else "nothing"


def cost_of(comparison: Comparison) -> MeasureMovement:
    """Return what is changed of the cost."""
    return next(each for each in comparison.measures if each.measure == "cost")


def mean_cost_words(cost: MeasureMovement, currency: str) -> str:
    """Return what the project costs on average with the best set, its price in it."""
    mean = cost.of("mean")
    if is_nothing(mean.difference, mean.ci_low, mean.ci_high):
        return "The mean cost stays as it was, the price of the actions included."
    value, interval = difference_texts(cost, mean, currency)
    return f"The mean cost changes by {value} {interval}, the price of the actions, damages and bonuses included."


def alike_words(choice: Choice, currency: str) -> str:
    """Return how many sets cannot be told from the best one, and the cheapest of them."""
    count = choice.alike_in_all
    if not count:
        return "" if choice.gate else "Every other set is worse beyond the doubt of these iterations."
    verb = "may reach the gate for less" if choice.gate else "cannot be told from it"
    words = f"{counted(count, 'other set')} {verb}"
    if choice.alike:
        first = choice.alike[0]
        words += f", the cheapest of them {names_of(first.actions)} for {money(first.price, currency)}"
    return f"{words}."


def clairvoyant_words(choice: Choice, currency: str) -> str:
    """Return the bound that no choice is beyond."""
    bound = choice.clairvoyant
    if bound.difference == 0:
        aim = (
            "reach the gate more often"
            if choice.gate
            else f"have a lower {AIMS[choice.objective].removeprefix('the ')}"
        )
        return (
            f"Over {counted(bound.iterations, 'iteration')}, who knew each future, and bought the best set for it "
            f"alone, would not {aim}, for {money(bound.price, currency)} on average."
        )
    value, interval = bound_texts(choice, bound, currency)
    amount = f"{value} {interval}".rstrip()
    return (
        f"Who knew each future, and bought the best set for it alone, would do better by {amount}, for "
        f"{money(bound.price, currency)} on average: no choice made beforehand can."
    )


def bound_texts(choice: Choice, bound: Clairvoyant, currency: str) -> tuple[str, str]:
    """Return how much better a clairvoyant does, and the interval."""
    sign = 1.0 if choice.gate else -1.0
    value, (low, high) = sign * bound.difference, turned(bound.ci_low, bound.ci_high, sign)
    is_cost = choice.objective.endswith("cost")
    bare, scale = bare_signed_money if is_cost else bare_signed_days, 100 if choice.gate else 1
    show = lambda each, finer, end: bare(scale * each, finer, end).lstrip("+")  # noqa: E731
    text, interval = estimate(value, low, high, show, show, joined=bracketed)
    unit = "points" if choice.gate else clean(currency) if is_cost else "working days"
    return f"{text} {unit}".rstrip(), interval


def turned(low: float | None, high: float | None, sign: float) -> tuple[float | None, float | None]:
    """Return the ends of an interval, or those of what it is the negative of."""
    if sign > 0:
        return low, high
    return (None if high is None else -high), (None if low is None else -low)


def render(choice: Choice, manifest: Manifest, width: int) -> str:
    """Return sentences and tables for people."""
    lines: list[str] = []
    for sentence in sentences(choice, manifest):
        lines += paragraph(sentence, width)
    lines += ["", *frontier_lines(choice, manifest["currency"], width)]
    if choice.alike:
        lines += ["", *alike_lines(choice, manifest["currency"], width)]
    lines += ["", *worth_lines(choice, width)]
    if choice.best.comparison.gates and choice.best.actions:
        lines += ["", *gate_lines(choice.best.comparison.gates, width)]
    return "\n".join([*lines, "", *paragraph(footnote(choice, manifest), width)])


def frontier_lines(choice: Choice, currency: str, width: int) -> list[str]:
    """Return the table of money against days: what each amount buys at the best."""
    aim = f"chance of {clean(choice.gate)}" if choice.gate else AIMS[choice.objective].removeprefix("the ")
    cells = [["price", "actions", aim, INTERVAL]]
    for each in choice.frontier:
        cells.append([money(each.price, currency), names_of(each.actions), *objective_cells(choice, each, currency)])
    return table(cells, width, (0, 2), heading=True, names=(1,))


def objective_cells(choice: Choice, each: ActionSet, currency: str) -> list[str]:
    """Return how far a set moves the objective, and the interval."""
    movement = each.objective
    return difference_cells(choice, movement.difference, movement.ci_low, movement.ci_high, currency=currency)


def difference_cells(
    choice: Choice, value: float, low: float | None, high: float | None, *, currency: str
) -> list[str]:
    """Return a difference of the objective with its unit, and its interval."""
    if is_nothing(value, low, high):
        return ["none", ""]
    if choice.gate:
        text, interval = points_of(value, low, high)
        return [f"{text} points", interval]
    if choice.objective.endswith("cost"):
        text, interval = estimate(value, low, high, bare_signed_money, bare_signed_money, joined=bracketed)
        return [f"{text} {clean(currency)}".rstrip(), interval]
    text, interval = estimate(value, low, high, bare_signed_days, bare_signed_days, joined=bracketed)
    return [f"{text} d", interval]


def alike_lines(choice: Choice, currency: str, width: int) -> list[str]:
    """Return the table of sets that cannot be told from the best."""
    heading = "may reach it for less" if choice.gate else "not to be told from the best"
    cells = [["price", heading, "less the best", INTERVAL]]
    for each in choice.alike[:SHOWN]:
        difference = difference_cells(choice, each.difference, each.ci_low, each.ci_high, currency=currency)
        cells.append([money(each.price, currency), names_of(each.actions), *difference])
    return table(cells, width, (0, 2), heading=True, names=(1,))


def worth_lines(choice: Choice, width: int) -> list[str]:
    """Return the tables of single actions: what each brings alone, as the last of the best set, and in hindsight."""
    lines = rate_lines("action alone", [(each.action, each.alone) for each in choice.worths], width)
    lasts = [(each.action, each.last) for each in choice.worths if each.last is not None]
    if lasts:
        lines += ["", *rate_lines("last of the set", lasts, width)]
    cells = [["action", "foreseen", INTERVAL]]
    for worth in choice.worths:
        share, low, high = worth.clairvoyant
        cells.append([clean(worth.action), chance(share), bracketed(chance(low, end="low"), chance(high, end="high"))])
    return [*lines, "", *table(cells, width, (1,), heading=True)]


def rate_lines(heading: str, rows: Sequence[tuple[str, ActionSet | None]], width: int) -> list[str]:
    """Return a table of what actions bring for their price."""
    cells = [[heading, "price", "days/1,000", INTERVAL, "saved/1", INTERVAL]]
    for name, bought in rows:
        price = UNKNOWN if bought is None else money(bought.price, "")
        cells.append([clean(name), price, *rate_cells(bought, "days", THOUSAND), *rate_cells(bought, "money", 1)])
    return table(cells, width, (1, 2, 4), heading=True)


def rate_cells(bought: ActionSet | None, what: str, scale: int) -> list[str]:
    """Return what is had for each unit of a price, and the interval; nothing where there is no price."""
    each = None if bought is None else rates(bought)[what]
    if each is None:
        return [UNKNOWN, ""]
    show = lambda value, finer, end: with_decimals(scale * value, 2 + finer, end)  # noqa: E731
    value, low, high = each["value"], each["ci_low"], each["ci_high"]
    assert value is not None
    return [*estimate(value, low, high, show, show, joined=bracketed)]


def rates(bought: ActionSet) -> dict[str, dict[str, float | None] | None]:
    """Return what a price buys for each unit of it: working days of P80, and mean cost, with their intervals.

    Notes
    -----
    The price itself is left out of what is saved: 1 says that the rest of the project becomes as much cheaper.
    """
    price = bought.price
    finish = next(each for each in bought.comparison.measures if each.target == "project").of("p80")
    mean = cost_of(bought.comparison).of("mean")
    if price <= 0:
        return {"days": None, "money": None}
    return {"days": rate(finish, 0.0, price), "money": rate(mean, price, price)}


def rate(movement: Movement, paid: float, price: float) -> dict[str, float | None]:
    """Return how far a movement goes down for each unit of a price, what is paid left out, with its interval."""
    low, high = turned(movement.ci_low, movement.ci_high, -1.0)
    return {
        "value": (paid - movement.difference) / price,
        "ci_low": None if low is None else (paid + low) / price,
        "ci_high": None if high is None else (paid + high) / price,
    }


def footnote(choice: Choice, manifest: Manifest) -> str:
    """Return how it was computed, and what prices are."""
    rounds = "; ".join(f"{counted(each.sets, 'set')} {counted(each.iterations, 'iteration')}" for each in choice.rounds)
    unit = clean(manifest["currency"]) or "of money"
    foreseen = counted(choice.clairvoyant.iterations, "iteration")
    parts = [
        f"All sets on the same random numbers ({manifest['method']}, seed {manifest['seed']}): {rounds}.",
        "Differences are against the plan as it is, with 95% intervals. A price is a cost of the plan and no",
        "contingency: the cost of a set has it already. Days/1,000 are those of P80 of the finish that",
        f"1,000 {unit} save, saved/1 is what the rest of the project becomes cheaper on average for each unit of the",
        f"price. Foreseen is the share of {foreseen} in which the action would be bought by who knew the future.",
    ]
    if choice.in_force:
        parts.append(f"In force already: {names_of(choice.in_force)}.")
    return " ".join(parts)


def document(choice: Choice, manifest: Manifest) -> dict[str, Any]:
    """Return the choice as JSON has it."""
    return {
        **manifest,
        "objective": choice.objective,
        "gate": choice.gate or None,
        "answer": answer(choice) or None,
        "budget": choice.budget,
        "most": choice.most,
        "in_force": list(choice.in_force),
        "not_on_offer": dict(choice.not_on_offer),
        "possible_sets": choice.possible,
        "rounds": [asdict(each) for each in choice.rounds],
        "words": sentences(choice, manifest),
        "best": set_document(choice.best),
        "frontier": [set_document(each) for each in choice.frontier],
        "alike": [{**asdict(each), "actions": list(each.actions)} for each in choice.alike],
        "alike_in_all": choice.alike_in_all,
        "actions": [worth_document(each) for each in choice.worths],
        "clairvoyant": asdict(choice.clairvoyant),
    }


def set_document(bought: ActionSet) -> dict[str, Any]:
    """Return one set of actions as JSON has it."""
    return {
        "actions": list(bought.actions),
        "price": bought.price,
        "objective": movement_document(bought.objective),
        "differences": list(measure_documents(bought.comparison.measures)),
        "gates": [gate_document(gate) for gate in bought.comparison.gates],
    }


def worth_document(worth: Worth) -> dict[str, Any]:
    """Return one action as JSON has it."""
    share, low, high = worth.clairvoyant
    return {
        "action": worth.action,
        "name": worth.name,
        "price": worth.price,
        "alone": None if worth.alone is None else {**set_document(worth.alone), "per_price": rates(worth.alone)},
        "last": None if worth.last is None else {**set_document(worth.last), "per_price": rates(worth.last)},
        "clairvoyant": {"value": share, "ci_low": low, "ci_high": high},
    }
