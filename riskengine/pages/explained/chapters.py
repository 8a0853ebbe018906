"""What an explanation is made of: chapters of sentences, steps to take, and the words used."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from riskengine.pages.explained.next_steps import Step
from riskengine.pages.explained.sentence import Sentence
from riskengine.pages.section import PageInput


@dataclass(frozen=True)
class Chapter:
    """Sentences under a heading.

    Parameters
    ----------
    key : str
        Names it in JSON.
    title : str
    sentences : sequence of Sentence
    steps : sequence of Step
        In its place, what to do next.
    """

    key: str
    title: str
    sentences: Sequence[Sentence] = ()
    steps: Sequence[Step] = ()

    @property
    def every_sentence(self) -> Sequence[Sentence]:
        """The sentences, those of the steps among them."""
        return [*self.sentences, *(step.sentence for step in self.steps)]


@dataclass(frozen=True)
class Content:
    """What is said to one audience.

    Parameters
    ----------
    audience : str
    chapters : sequence of Chapter
    glossary : sequence of (str, str)
        The words used, and what they mean.
    page : PageInput
    """

    audience: str
    chapters: Sequence[Chapter]
    glossary: Sequence[tuple[str, str]]
    page: PageInput = field(repr=False)
