"""What speaks on every kind of page: a language, and the texts of it."""

from riskengine.pages.language import Language


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
