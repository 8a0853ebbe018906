"""How the numbers were computed, and how anybody can check them."""

import shlex
from collections.abc import Sequence

from riskengine.pages.blocks import Block, Commands, Facts, Prose
from riskengine.pages.section import PageInput, Section


def blocks(page: PageInput) -> Sequence[Block]:
    """Seed, method, iterations, digests, versions, and the commands that check them."""
    manifest, say = page.run.manifest, page.say
    versions = ", ".join(f"{name} {version}" for name, version in sorted(manifest["provenance"].items()))
    facts = [
        (say("method.iterations"), page.language.count(manifest["iterations"])),
        (say("method.method"), say(f"method.{manifest['method']}")),
        (say("method.seed"), str(manifest["seed"])),
        (say("method.start"), page.start),
        *([(say("brief.data_date"), page.data_date)] if page.data_date else []),
        (say("method.run"), manifest["run"]),
        (say("method.digest"), manifest["digest"]),
        (
            say("method.engine"),
            f"{manifest['engine']} {manifest['version']}, {say('method.numbers', numbers=manifest['numbers'])}",
        ),
        (say("method.libraries"), versions),
    ]
    folder = shlex.quote(page.folder or "results")
    commands = [(f"riskengine verify {folder}", say("method.verify"))]
    return [Prose([say("method.words")]), Facts(facts), Commands(commands)]


SECTION = Section("method", blocks)
