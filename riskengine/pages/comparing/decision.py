"""What the second plan means for who decides: the answers before and after, in sentences first."""

from collections.abc import Sequence

from riskengine.analysis.decision import verdict
from riskengine.pages.blocks import Block, Tile, Tiles, Verdict
from riskengine.pages.comparing.input import ComparisonInput, Row


def blocks(page: ComparisonInput) -> Sequence[Block]:
    """The answer of the second plan with that of the first, then what moved."""
    answers = {when: worst(page, when) for when in ("before", "after")}
    words = {when: page.say(f"answer.{answer}") for when, answer in answers.items()}
    paragraphs = sentences(page)
    if answers["before"] != answers["after"]:
        paragraphs.insert(0, page.say("compared.answer_changed", **words))
    return [Verdict(answers["after"], words["after"], paragraphs), Tiles(tiles(page))]


def worst(page: ComparisonInput, when: str) -> str:
    """Return the worst answer to the gates that both plans have: ``go``, ``no-go``, ``undecided`` or ``none``."""
    return verdict([gate[when]["answer"] for gate in page.document["gates"]]) or "none"


def sentences(page: ComparisonInput) -> list[str]:
    """Return what moved in sentences: P80 of finish and cost, then gate by gate."""
    document, say = page.document, page.say
    if document["alike"]:
        paragraphs = [say("compared.alike", before=document["before"], after=document["after"])]
    else:
        paragraphs = [movement_sentence(page, measure) for measure in page.measures]
    paragraphs += [gate_sentence(page, gate) for gate in document["gates"]]
    for when in ("before", "after"):
        names = document[f"gates_{when}"]
        if names:
            paragraphs.append(say("compared.gates_alone", gates=", ".join(names), plan=document[when]))
    return paragraphs


def movement_sentence(page: ComparisonInput, measure: str) -> str:
    """Return what becomes of the P80 of finish or cost."""
    movement = page.p80(measure)
    values = {when: page.side(movement, when) for when in ("before", "after")}
    difference, interval = page.difference(measure, movement)
    if difference == page.say("compared.none"):
        return page.say(f"compared.still_{measure}", value=values["after"])
    if measure == "finish" and page.is_working:
        number = page.language.tenths(movement["difference"], signed=True)
        difference = page.say("compared.count_working", number=number)
    return page.say(f"compared.moves_{measure}", **values, difference=page.with_ends(difference, interval))


def gate_sentence(page: ComparisonInput, gate: Row) -> str:
    """Return what becomes of the chance of a gate."""
    chances = {
        when: page.language.chance(gate[when]["probability"], gate[when]["confidence"]) for when in ("before", "after")
    }
    answers = {f"answer_{when}": page.say(f"gates.{gate[when]['answer']}") for when in ("before", "after")}
    name = gate["name"] or gate["gate"]
    difference, interval = page.points(gate)
    if difference == page.say("compared.none"):
        sentence = page.say("compared.gate_stays", gate=name, chance=chances["after"], answer=answers["answer_after"])
    else:
        points = page.with_ends(difference, interval)
        sentence = page.say("compared.gate_moves", gate=name, difference=points, **chances, **answers)
    return sentence if gate["same_question"] else f"{sentence} {page.say('compared.other_question')}"


def tiles(page: ComparisonInput) -> list[Tile]:
    """Return P80 of finish and cost after, with what it was before."""
    made = []
    for measure in page.measures:
        movement = page.p80(measure)
        name = page.say(f"compared.p80_{measure}")
        made.append(Tile(page.say("compared.tile_before", what=name), page.side(movement, "before")))
        made.append(Tile(page.say("compared.tile_after", what=name), page.side(movement, "after")))
        difference, interval = page.difference(measure, movement)
        made.append(Tile(page.say("compared.tile_difference", what=name), difference, interval))
    return made
