"""Words that headings and cells of tables are made of, as people write them in English, German and French."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

WORD: Final = re.compile(r"[a-z]+\d*|[%€$£¥#]|\d+")


def plain(text: str) -> str:
    """Return a text in small letters without accents."""
    if text.isascii():
        return text.casefold()
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in folded if not unicodedata.combining(sign))


def words(text: str) -> tuple[str, ...]:
    """Return the words of a heading, small and without accents; ``%``, ``#`` and signs of money are words too."""
    return tuple(WORD.findall(plain(text[:300])))


def spread(table: Mapping[str, str]) -> dict[str, str]:
    """Return a table with one entry for each of the words that a key of the given one lists, split at commas."""
    return {word.strip(): meaning for listed, meaning in table.items() for word in listed.split(",")}


POINTS: Final[Mapping[str, str]] = spread(
    {
        "min,minimum,low,lowest,lower,best,optimistic,optimistisch,minimal,optimiste,mini": "low",
        "ml,likely,mode,modal,realistic,realistisch,wahrscheinlichster,wahrscheinlichste,probable,wahrscheinlich": (
            "most_likely"
        ),
        "max,maximum,high,highest,upper,worst,pessimistic,pessimistisch,maximal,pessimiste,maxi": "high",
    }
)

TIMES: Final[Mapping[str, str]] = spread(
    {
        "h,hr,hrs,hour,hours,std,stunde,stunden,heure,heures": "h",
        "d,day,days,tag,tage,tagen,j,jour,jours,wd,working days,working day,workdays,work days,arbeitstage,at,"
        "jours ouvres": "d",
        "w,wk,wks,week,weeks,woche,wochen,wo,semaine,semaines": "w",
        "mo,mon,mons,month,months,mth,mths,monat,monate,monaten,mois": "mo",
        "eh,ehr,ehrs,elapsed hours,elapsed hour": "eh",
        "ed,eday,edays,cd,calendar days,calendar day,elapsed days,elapsed day,kalendertage,jours calendaires": "ed",
    }
)

TOTALS: Final = frozenset(
    spread(
        {
            "total,totals,sum,subtotal,sub total,sub-total,grand total": "en",
            "summe,gesamt,gesamtsumme,zwischensumme,ergebnis": "de",
            "suma,total general,somme,total general,soma,total geral": "es, fr, pt",
        }
    )
)
"""Names of rows that add up the rows above them."""


def total_in(cells: Iterable[object]) -> str:
    """Return the name of a total among the cells of a row, empty where there is none."""
    texts = (cell for cell in cells if isinstance(cell, str))
    return next((text for text in texts if plain(text[:100]).strip(" :") in TOTALS), "")
