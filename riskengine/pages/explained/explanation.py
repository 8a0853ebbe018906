"""A run explained to somebody: its sentences, as text, as pages and for JSON."""

from dataclasses import dataclass
from typing import Any

from riskengine.pages.explained.chapters import Chapter, Content
from riskengine.pages.explained.render import render_html, render_markdown, render_text


@dataclass(frozen=True)
class Explanation(Content):
    """A run in short sentences for one audience; every number in them stands in a table of the run.

    It has its `audience`, its `chapters` (each with a ``title``, ``sentences`` and ``steps``) and a `glossary` of the
    words used.
    """

    @property
    def words(self) -> list[str]:
        """Every sentence, in order."""
        return [sentence.text for chapter in self.chapters for sentence in chapter.every_sentence]

    @property
    def document(self) -> dict[str, Any]:
        """The explanation for JSON: for each sentence its text, and where each of its numbers is found."""
        manifest = self.page.run.manifest
        return {
            "name": manifest["name"],
            "run": manifest["run"],
            "audience": self.audience,
            "language": self.page.language.code,
            "chapters": [_chapter(chapter) for chapter in self.chapters],
            "glossary": [{"word": word, "meaning": meaning} for word, meaning in self.glossary],
        }

    def text(self, width: int = 80) -> str:
        """Return the explanation for a terminal of so many columns."""
        return render_text(self, width)

    @property
    def markdown(self) -> str:
        """The explanation as Markdown, every text of the run escaped."""
        return render_markdown(self)

    @property
    def html(self) -> str:
        """The explanation as an HTML page that asks for nothing from elsewhere."""
        return render_html(self)


def _chapter(chapter: Chapter) -> dict[str, Any]:
    steps = [{**step.sentence.document, "command": step.command} for step in chapter.steps]
    sentences = [sentence.document for sentence in chapter.sentences]
    return {"key": chapter.key, "title": chapter.title, "sentences": sentences, "steps": steps}
