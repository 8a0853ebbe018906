"""What each source of risk contributes: sentences, the pages of the terminal, and one JSON object."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from riskengine.analysis.shares import Account, Allowance, Part, Shares
from riskengine.errors.counting import counted, first_names
from riskengine.report.answers.comparison import LABELS, bare_signed_money, bracketed
from riskengine.report.answers.waterfall import allowance_lines, by_size, gate_lines, label_of, waterfall
from riskengine.report.text.intervals import bare_signed_days
from riskengine.report.text.layout import paragraph
from riskengine.report.text.naming import is_telling
from riskengine.report.text.notation import Show, clean, days, estimate, money
from riskengine.results.samples.coalition_sample import Player

UNITS: Final = {"finish": "working days", "cost": "currency", "gate": "probability"}
RULES: Final = {
    "shapley": "what it adds on average over all orders in which they can be switched on",
    "remove-one": "what it takes away as the only one that is switched off",
    "add-one": "what it adds as the only one that is switched on",
    "greedy": "what it takes away, those before it being off already; each time the one that takes away most",
}
LEADING: Final = 3
"""Players of a sentence."""


def sentences(account: Account, manifest: Mapping[str, Any]) -> list[str]:
    """Return what P80, or another statistic, of finish and cost is made of, those that contribute most by name."""
    return [sentence(account, shares, manifest["currency"]) for shares in of_amounts(account)]


def of_amounts(account: Account) -> list[Shares]:
    """Return the finish, and the cost where anything costs something, at the statistic that is asked for."""
    finish, cost = (account.of(measure, account.at) for measure in ("finish", "cost"))
    return [finish, cost] if cost.plan or cost.all or cost.none else [finish]


def sentence(account: Account, shares: Shares, currency: str) -> str:
    """Return one number in words: how far it is from the plan, and the players that contribute most."""
    whole = show_of(shares, currency, is_signed=False)
    subject = f"{LABELS[account.at]} of the {shares.measure}"
    subject = f"{subject[0].upper()}{subject[1:]}"
    if shares.all == shares.plan:
        return f"{subject} is that of the plan."
    distance = whole(abs(shares.all - shares.plan), 0, "")
    where = "after" if shares.measure == "finish" else "above"
    if shares.all < shares.plan:
        where = "before" if shares.measure == "finish" else "below"
    begin = f"{subject} is {distance} {where} the plan"
    leading = [at for at in by_size(shares) if shares.parts[at].value][:LEADING]
    if not leading:
        return f"{begin}; nothing of that comes from what can be switched off."
    texts = []
    for at in leading:
        value, interval = part_texts(shares.parts[at], shares, currency)
        player = account.actors[at]
        name = f" ({clean(player.name)})" if is_telling(player.id, player.name) else ""
        texts.append(f"{value} from {label_of(player)}{name}{' ' + interval if interval else ''}")
    return f"{begin}: {', '.join(texts)}{' and others' if len(leading) < acting(shares) else ''}."


def acting(shares: Shares) -> int:
    """Return how many players contribute anything."""
    return sum(part.value != 0 for part in shares.parts)


def show_of(shares: Shares, currency: str, is_signed: bool = True) -> Show:
    """Return how a number is written, with its unit."""
    if shares.measure == "cost":
        return lambda value, finer, end: money(value, currency, is_signed, finer, end)
    return lambda value, finer, end: days(value, is_signed, 1 + finer, end, unit="working days")


def part_texts(part: Part, shares: Shares, currency: str) -> tuple[str, str]:
    """Return a part with its unit, and its interval in brackets."""
    bare = bare_signed_money if shares.measure == "cost" else bare_signed_days
    show = show_of(shares, currency)
    return estimate(part.value, part.ci_low, part.ci_high, show, bare, joined=bracketed)


def render(account: Account, manifest: Mapping[str, Any], width: int, has_blocks: bool) -> str:
    """Return sentences, a waterfall for finish and cost, the gates, and the allowance for risks."""
    lines: list[str] = []
    for text in sentences(account, manifest):
        lines += paragraph(text, width)
    for shares in of_amounts(account):
        lines += ["", *waterfall(account, shares, manifest["currency"], width, has_blocks)]
    if account.gates:
        lines += ["", *gate_lines(account, width)]
    if account.allowances:
        lines += ["", *allowance_lines(account, manifest["currency"], width)]
    silent = [label_of(player) for player in account.players if not player.can_act]
    if silent:
        verb = "contributes" if len(silent) == 1 else "contribute"
        lines += ["", *paragraph(f"{first_names(silent, 5)} {verb} nothing, for certain.", width)]
    return "\n".join([*lines, "", *paragraph(footnote(account, manifest), width)])


def footnote(account: Account, manifest: Mapping[str, Any]) -> str:
    """Return how the parts come about."""
    rule = RULES[account.rule]
    if account.orders:
        rule = rule.replace("all orders", f"{counted(account.orders, 'order')}, drawn at random,")
    adds = {
        "shapley": "The parts add up.",
        "greedy": "The parts add up.",
        "remove-one": "What only several do together is a line of its own.",
        "add-one": "What only several do together is a line of its own.",
    }[account.rule]
    return (
        f"Part of each ({account.rule}): {rule}. {adds} "
        f"{counted(account.runs, 'run')} of {counted(manifest['iterations'], 'iteration')} on the same random numbers, "
        f"method {manifest['method']}, seed {manifest['seed']}."
    )


def document(label: str, account: Account, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return the account as JSON has it."""
    return {
        "plan": label,
        **manifest,
        "rule": account.rule,
        "at": account.at,
        "target": account.target,
        "orders": account.orders,
        "runs": account.runs,
        "players": [
            {
                "player": key_of(player),
                "kind": player.kind,
                "id": player.id,
                "name": player.name,
                "acts": player.can_act,
            }
            for player in account.players
        ],
        "numbers": [number_document(account, shares) for shares in account.shares],
        "allowances": [allowance_document(each) for each in account.allowances],
        "instants": {name: instant.isoformat() for name, instant in account.instants.items()},
    }


def key_of(player: Player) -> str:
    """Return the key of a player in JSON: ``risk:R1``, ``estimates:A.1``, ``correlation``."""
    return f"{player.kind}:{player.id}" if player.id else player.kind


def number_document(account: Account, shares: Shares) -> dict[str, Any]:
    """Return what one number is made of; what cannot act contributes nothing, for certain."""
    part_of = dict(zip(map(key_of, account.actors), shares.parts, strict=True))
    nothing = Part(0.0, 0.0, 0.0)
    return {
        "measure": shares.measure,
        "statistic": shares.statistic,
        "unit": UNITS[shares.measure],
        "plan": shares.plan,
        "none": shares.none,
        "all": shares.all,
        "rest": asdict(shares.rest),
        "together": asdict(shares.together),
        "interaction": asdict(shares.interaction),
        "parts": [
            {"player": key_of(player), **asdict(part_of.get(key_of(player), nothing))} for player in account.players
        ],
    }


def allowance_document(allowance: Allowance) -> dict[str, Any]:
    """Return what all risks together take, as JSON has it."""
    return {
        "measure": allowance.measure,
        "unit": UNITS[allowance.measure],
        "mean": asdict(allowance.mean),
        "p80": asdict(allowance.p80),
    }
