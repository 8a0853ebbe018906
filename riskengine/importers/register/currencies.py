"""The currencies that registers and schedules name by the codes of ISO 4217."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

LISTED: Final = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD "
    "HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL "
    "LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR "
    "PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND "
    "TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG ZWL"
)
CODES: Final = frozenset(LISTED.split())
"""Codes of money that is paid with; not those of funds, metals and tests. Some that ended lately are still met."""

WORDS: Final = frozenset({"ALL", "BAM", "BOB", "COP", "CUP", "GEL", "MAD", "MOP", "PEN", "RON", "SOS", "TOP", "TRY"})
"""Codes that are words or names too: in a heading they count in brackets only."""

JOINED: Final = frozenset({"ARS", "ERN", "ILS", "ANG"})
"""Codes that are words with k or m before them: mars, Kern."""

PLAIN: Final[Mapping[str, str]] = MappingProxyType({code.casefold(): code for code in sorted(CODES - WORDS)})
"""Codes by their small letters, without those that are words."""

THOUSANDS: Final[Mapping[str, str]] = MappingProxyType(
    {f"k{word}": code for word, code in PLAIN.items() if code not in JOINED}
)
MILLIONS: Final[Mapping[str, str]] = MappingProxyType(
    {f"m{word}": code for word, code in PLAIN.items() if code not in JOINED}
)
"""Thousands and millions of a currency in one word, as in kAED."""


def code_in(word: str) -> str:
    """Return the code that a word in small letters is, also one that means something else; empty where it is none."""
    code = word.upper()
    return code if code in CODES else ""
