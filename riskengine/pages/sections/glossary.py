"""The words of the page, each in a sentence."""

from collections.abc import Sequence

from riskengine.pages.blocks import Block, Facts
from riskengine.pages.section import PageInput, Section

WORDS = ("future", "chance", "percentile", "interval", "gate", "plan", "float", "criticality", "driving_path", "day")
OF_COST, OF_RISKS, OF_LEVELLING = ("month",), ("risk", "contribution"), ("levelling",)


def blocks(page: PageInput) -> Sequence[Block]:
    """The words that this page uses, in the order in which one builds on the other."""
    has_rows = {name: page.run.tables[name].num_rows > 0 for name in ("gates", "cost_periods", "risks", "levelling")}
    words = [word for word in WORDS if word != "gate" or has_rows["gates"]]
    for name, some in (("risks", OF_RISKS), ("cost_periods", OF_COST), ("levelling", OF_LEVELLING)):
        words += some if has_rows[name] else ()
    return [Facts([(page.say(f"glossary.{word}"), page.say(f"glossary.{word}_meaning")) for word in words])]


SECTION = Section("glossary", blocks)
