"""What moved P80: the bridge from one plan to the other as a waterfall, whose bars stand in its table."""

from collections.abc import Sequence

from riskengine.pages.blocks import Bar, Block, Cell, Column, Prose, Row, Table
from riskengine.pages.comparing.input import ComparisonInput
from riskengine.pages.comparing.input import Row as Document
from riskengine.pages.waterfall_places import Place, waterfall_places


def blocks(page: ComparisonInput) -> Sequence[Block]:
    """A waterfall for the finish and one for the cost; a sentence where there are no parts."""
    bridge = page.document["bridge"]
    if bridge is None:
        return []
    if not bridge["finish"]:
        return [Prose([page.say("compared.no_parts")])]
    tables = [waterfall(page, measure, bridge[measure]) for measure in page.measures if bridge[measure]]
    return [Prose([page.say("compared.bridge_words", plans=page.language.count(bridge["plans"]))]), *tables]


def waterfall(page: ComparisonInput, measure: str, parts: Sequence[Document]) -> Table:
    """Return the P80 of the first plan, what each part adds to it, and that of the second."""
    movement = page.p80(measure)
    shares = waterfall_places(0.0, [part["difference"] for part in parts], movement["difference"])
    say = page.say
    rows = [end_row(page, movement, "before", shares[0][0])]
    rows += [part_row(page, measure, part, pair) for part, pair in zip(parts, shares[1:-1], strict=True)]
    rows.append(end_row(page, movement, "after", shares[-1][0]))
    columns = [Column(say("compared.part")), Column(say("compared.adds"), say("compared.adds_meaning"))]
    caption = say(f"compared.bridge_{measure}", unit=page.unit if measure == "finish" else "")
    return Table(caption, columns, rows, is_stacked=True)


def end_row(page: ComparisonInput, movement: Document, when: str, place: float) -> Row:
    """Return the row of one of the two plans: where its P80 is."""
    name = Cell(page.say(f"compared.of_{when}"), detail=page.document[when])
    return Row([name, Cell(page.side(movement, when), bar=Bar(place, place, mark=place))])


def part_row(page: ComparisonInput, measure: str, part: Document, places: Place) -> Row:
    """Return what a group of changes adds, between where it begins and ends."""
    begin, end = places
    bar = Bar(min(begin, end), max(begin, end), kind="less" if end < begin else "more")
    value, interval = page.difference(measure, part)
    return Row(
        [Cell(page.language.term("compared.part_", part["part"])), Cell(value, part["difference"], interval, bar=bar)]
    )
