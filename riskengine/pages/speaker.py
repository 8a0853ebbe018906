"""What speaks on every kind of page: a language, and the texts of it."""

from riskengine.pages.language import Language
from riskengine.report.text.notation import is_usual_level, level_words


class Speaker:
    """What a page is made from, as far as words go; kinds of pages add what they are about.

    Attributes
    ----------
    language : Language
    """

    language: Language

    def say(self, key: str, **values: object) -> str:
        """Return a text of the page's language."""
        return self.language.say(key, **values)

    def interval_at(self, ends: str, level: float) -> str:
        """Return the ends of an interval, and its level where that is another than the 95 % of all others."""
        if is_usual_level(level):
            return ends
        return self.say("gates.interval_at", interval=ends, level=self.language.local(level_words(level)))

    def with_ends(self, value: str, ends: str) -> str:
        """Return a value with its interval behind it, where it has one."""
        return self.say("joint.with_ends", value=value, ends=ends) if ends else value
