"""Names of months in the languages that trackers are used in, by their first letters without accents."""

from collections.abc import Mapping
from typing import Final

from riskengine.importers.items.spelling import key_of
from riskengine.scenario.tables.spelling import spread

BEGINNINGS: Final[Mapping[str, str]] = spread(
    {
        "jan,ene,gen,sty,led,tam,янв,ian": "1",
        "feb,fev,fév,lut,uno,hel,фев": "2",
        "mar,mrt,maa,mär,bre,мар": "3",
        "apr,abr,avr,kwi,dub,huh,апр": "4",
        "may,mai,maj,mei,mag,kve,tou,maio,май,мая,маи": "5",
        "jun,juin,giu,cze,cvn,kes,июн,iun": "6",
        "jul,juil,lug,lip,cvc,hei,июл,iul": "7",
        "aug,ago,aou,sie,srp,elo,авг": "8",
        "sep,set,wrz,zar,syy,szept,сен": "9",
        "oct,okt,out,ott,paz,rij,lok,окт": "10",
        "nov,lis,marras,noi,ноя": "11",
        "dec,dez,dic,des,gru,pro,jou,дек": "12",
    }
)


def month_of(word: str) -> int | None:
    """Return the month that a name or its beginning means, None where it means none."""
    plain = key_of(word).rstrip(".")
    if plain.endswith(("月", "월")) and plain[:-1].isdecimal():
        number = int(plain[:-1])
        return number if 1 <= number <= 12 else None
    for length in (len(plain), 6, 4, 3):
        if 3 <= length <= len(plain) and plain[:length] in BEGINNINGS:
            return int(BEGINNINGS[plain[:length]])
    return None
