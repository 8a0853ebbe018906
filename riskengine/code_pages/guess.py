"""Which code page a text is in: the likeliest, and how sure that is.

Notes
-----
For every page and every language that is written in it the likelihood of the letters is worked out, as if they were
drawn one after the other, each by its rank in the language; a page that gives symbols inside words, or capitals after
small letters, or bytes that it does not have, becomes unlikely. Pages that give the same text share their probability.
Letters are not drawn one after the other, so likelihoods are flattened before they are called a probability.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from riskengine.code_pages.letters import ALPHABETS, CURRENCIES, OTHER_SYSTEMS, TONES, WIDE, WidePage

PAGES: Final = tuple(dict.fromkeys((*ALPHABETS, *WIDE, *OTHER_SYSTEMS)))
WESTERN: Final = "cp1252"
MOST_CELLS: Final = 3_000
MOST_BYTES: Final = 40_000
"""How much of a file is looked at; each cell once, for names come again and again."""

FALL: Final = 8.0
"""Ranks over which the share of a letter falls to a third."""

BETWEEN, ELSEWHERE, UNKNOWN, UNDEFINED = 1e-6, 3e-5, 1e-5, 1e-9
FOREIGN: Final = 1e-4
"""Chance of a letter that another language of the same page has: names of places and people."""

"""Chances of a symbol between letters, a symbol elsewhere, a letter of no language here, and a byte that is none."""

USUAL_SIGNS: Final = frozenset("–—‘’“”„…•€°±²³·«»№§®™µ¼½¾×£¥")
JOINERS: Final = frozenset("–—’·\xad")
"""Signs that stand between letters, too."""

USUAL: Final = 3e-3
LATIN: Final = ("cp1252", "cp1250", "cp1254", "cp1257", "cp1258", "cp850", "cp852", "mac-roman", "iso8859-2")
BORDER: Final = re.compile(r"[a-z](?=[^\W\d_a-z])|[^\W\d_A-Za-z](?=[A-Za-z])")
MIXED: Final = 1e-3
"""Factor where a plain letter meets another one, in a page whose languages have no plain letters."""

LONE_CAPITAL: Final = re.compile(r"(?<!\w)(?!Ø)[^\W\d_A-Za-z](?!\w)")
LONE: Final = 0.02
"""Factor for a letter all by itself, which is rather the pound sign or a bullet; but for the sign of a diameter."""

LOST: Final = "\ufffd"
FLIP: Final = 0.02
"""Factor for a capital after a small letter inside a word."""

ASCII_SHARE: Final = 0.5
"""Weight of the plain letters beside the others, which say much less."""

FLATTENED: Final = 0.5
HOME, ABROAD, OTHER_SYSTEM = 0.12, 0.06, 0.01
"""Chances beforehand of the western page, of each other one of Windows, and of each one of another system."""

BY_CURRENCY: Final = 30.0
"""How much likelier a page is where the file counts money as the country of that page does."""

MOST_SURE: Final = 0.99
SURE: Final = 0.9
"""Probability below which a guess is called one."""

SAMPLE: Final = 4_000_000
"""Bytes of a file that are worth giving to `guess_page`."""


class PageGuess(NamedTuple):
    """A code page, the probability that its text is right, and the next page with another text."""

    page: str
    confidence: float
    next_page: str


def guess_page(data: bytes, currency: str = "", separators: bytes = b"\t") -> PageGuess:
    """Return the likeliest code page of a text that is not Unicode.

    Parameters
    ----------
    data : bytes
        Text with cells between separators and line ends.
    currency : str
        The currency that the file counts in, or empty.
    separators : bytes
        The characters that stand between cells; none that a page of two bytes uses as a second one.
    """
    cells = list(_cells(data, re.compile(b"[" + re.escape(separators) + b"]")))
    scores: dict[str, float] = {}
    texts: dict[str, tuple[str | None, ...]] = {}
    for page in PAGES:
        texts[page] = tuple(_strict(cell, page) for cell in cells)
        prior = HOME if page == WESTERN else OTHER_SYSTEM if page in OTHER_SYSTEMS else ABROAD
        prior *= BY_CURRENCY if currency.upper() in CURRENCIES.get(_of_windows(page), "").split() else 1.0
        scores[page] = FLATTENED * _score(cells, texts[page], page) + math.log(prior)
    best = max(scores.values())
    weights = {page: math.exp(score - best) for page, score in scores.items()}
    shares: Counter[tuple[str | None, ...]] = Counter()
    for page, weight in weights.items():
        shares[texts[page]] += weight  # type: ignore[assignment]
    page = max(PAGES, key=lambda page: (shares[texts[page]], weights[page]))
    others = [other for other in PAGES if texts[other] != texts[page]]
    second = max(others, key=lambda other: weights[other], default="")
    return PageGuess(page, min(MOST_SURE, shares[texts[page]] / sum(weights.values())), second)


def _of_windows(page: str) -> str:
    """Return the page of Windows with the languages of a page."""
    return OTHER_SYSTEMS.get(page, page)


def _cells(data: bytes, between: re.Pattern[bytes]) -> Iterator[bytes]:
    """Yield the different cells with bytes above 127, the first of the file up to a limit."""
    seen: set[bytes] = set()
    size = 0
    for line in data.splitlines():
        if line.isascii():
            continue
        for cell in between.split(line):
            if cell.isascii() or cell in seen:
                continue
            seen.add(cell)
            yield cell[:1000]
            size += min(1000, len(cell))
            if size > MOST_BYTES or len(seen) > MOST_CELLS:
                return


def _strict(cell: bytes, page: str) -> str | None:
    try:
        return cell.decode(page)
    except UnicodeDecodeError:
        return None


def _score(cells: list[bytes], texts: tuple[str | None, ...], page: str) -> float:
    """Return the logarithm of the likelihood of the cells in a page."""
    pairs = zip(cells, texts, strict=True)
    decoded = [cell.decode(page, errors="replace") if text is None else text for cell, text in pairs]
    mixed = 0.0 if page in LATIN else math.log(MIXED) * sum(len(BORDER.findall(text)) for text in decoded)
    if page in WIDE:
        counts = Counter(sign for text in decoded for sign in text)
        return mixed + sum(number * math.log(_wide_chance(sign, page)) for sign, number in counts.items())
    counts, signs = _letters(decoded)
    if page in LATIN:
        signs += math.log(LONE) * sum(len(LONE_CAPITAL.findall(text)) for text in decoded)
    return mixed + signs + max(_likelihood(counts, alphabet, page) for alphabet in ALPHABETS[_of_windows(page)])


def _letters(texts: list[str]) -> tuple[Counter[str], float]:
    """Return how often each small letter comes, and the logarithm of the likelihood of everything else."""
    counts: Counter[str] = Counter()
    rest = 0.0
    for text in texts:
        before = " "
        for at, sign in enumerate(text):
            if (sign.isalpha() and sign not in USUAL_SIGNS) or _is_mark(sign):
                counts[sign.lower()[0]] += 1
                if sign.isupper() and before.islower() and not (sign.isascii() and before.isascii()):
                    rest += math.log(FLIP)
                if sign in TONES and not before.isalpha():
                    rest += math.log(BETWEEN)
            elif sign == LOST:
                rest += math.log(UNDEFINED)
            elif not sign.isascii() and sign != "\xa0":
                after = text[at + 1 : at + 2]
                is_between = before.isalpha() and (not after or after.isalpha())
                inside = USUAL if sign in JOINERS else BETWEEN
                rest += math.log(inside if is_between else USUAL if sign in USUAL_SIGNS else ELSEWHERE)
            before = sign
    return counts, rest


def _is_mark(sign: str) -> bool:
    """Whether a sign belongs to the letter before it: tones and vowels."""
    return (
        "\u0300" <= sign <= "\u036f"
        or "\u05b0" <= sign <= "\u05c2"
        or "\u064b" <= sign <= "\u0652"
        or ("\u0e31" <= sign <= "\u0e4e")
    )


def _likelihood(counts: Counter[str], alphabet: str, page: str) -> float:
    shares = _shares(alphabet, page)
    return sum(
        number * math.log(shares.get(letter, UNKNOWN)) * (ASCII_SHARE if letter.isascii() else 1.0)
        for letter, number in counts.items()
    )


@cache
def _shares(alphabet: str, page: str) -> dict[str, float]:
    """Return the share of each letter by its rank; plain letters that a language does not use come in codes."""
    weights = {letter: math.exp(-rank / FALL) for rank, letter in enumerate(alphabet)}
    total = sum(weights.values())
    codes = dict.fromkeys("abcdefghijklmnopqrstuvwxyz", 2e-3)
    foreign = dict.fromkeys("".join(ALPHABETS[_of_windows(page)]), FOREIGN)
    return {**foreign, **codes, **{letter: weight / total for letter, weight in weights.items()}}


@cache
def _wide_chance(sign: str, page: str) -> float:
    """Return how likely a character is in a page of two bytes."""
    if sign.isascii():
        return math.sqrt(1 / 26) if sign.isalpha() else 1.0
    if sign == LOST:
        return UNDEFINED
    wide: WidePage = WIDE[page]
    if sign in wide.common:
        return 0.65 / len(wide.common)
    code = sign.encode(page)
    if len(code) == 1:  # narrow katakana
        return UNKNOWN
    if _of_windows(page) == "cp932" and "\u3040" <= sign <= "\u30ff":
        return 0.25 / 180
    if sign in "、。・「」（）－：／　～【】":
        return 0.05 / 12
    if code[0] in wide.usual:
        return 0.2 / 3000
    return 0.02 / 3000 if code[0] in wide.rare else UNKNOWN / 10
