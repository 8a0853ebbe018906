"""Words that headings and cells of risk registers are made of, in English, German and French."""

from collections.abc import Mapping
from typing import Final

from riskengine.importers.register.currencies import MILLIONS, PLAIN, THOUSANDS
from riskengine.scenario.tables.spelling import spread

PRE: Final = frozenset(
    {"pre", "before", "current", "inherent", "initial", "initiale", "unmitigated", "gross", "brutto", "vor"}
    | {"aktuell", "aktuelle", "avant", "brut", "brute", "inherente", "actuel", "actuelle"}
)
POST: Final = frozenset(
    {"post", "after", "residual", "target", "mitigated", "net", "netto", "nach", "rest", "residuel", "residuelle"}
    | {"apres", "nette", "cible", "ziel"}
)
PROBABILITY: Final = frozenset(
    {"probability", "prob", "likelihood", "chance", "wahrscheinlichkeit", "eintrittswahrscheinlichkeit", "ew"}
    | {"probabilite", "vraisemblance"}
)
RATING: Final = frozenset(
    {"rating", "score", "level", "class", "klasse", "stufe", "scale", "rank", "category", "band", "bewertung", "niveau"}
)
DELAY: Final = frozenset(
    {"delay", "delays", "schedule", "time", "duration", "slip", "slippage", "verzug", "verzogerung", "dauer", "zeit"}
    | {"terminverzug", "terminauswirkung", "termine", "termin", "delai", "delais", "retard", "duree", "planning"}
)
MONEY: Final = frozenset(
    {"cost", "costs", "money", "financial", "monetary", "kosten", "kostenauswirkung", "mehrkosten", "cout", "couts"}
    | {"finanziell", "financier", "amount"}
)
EFFECTS: Final = frozenset({"impact", "auswirkung", "effect"})
TASKS: Final = frozenset(
    {"task", "tasks", "activity", "activities", "vorgang", "vorgange", "aufgabe", "aufgaben", "tache", "taches"}
    | {"activite", "activites", "aktivitat", "aktivitaten"}
)
IGNORED: Final = frozenset(
    {"action", "actions", "response", "responses", "plan", "plans", "contingency", "reserve", "actual", "expected"}
    | {"weighted", "factored", "emv", "exposure", "strategy", "treatment", "fallback", "trigger", "date", "comment"}
    | {"comments", "note", "notes", "proximity", "rpn", "severity", "matrix", "manageability", "deadline", "due"}
    | {"massnahme", "massnahmen", "bemerkung", "bemerkungen", "datum", "mesure", "mesures", "commentaire", "code"}
    | {"centre", "center", "account", "open", "opened", "closed", "updated", "raised", "budget", "erwartungswert"}
    | {"distribution", "shape", "curve", "correlation", "confidence", "unit", "units", "currency", "basis", "variance"}
    | {"scored", "ranking", "priority", "prioritat", "control", "controls", "created", "modified", "total"}
)
"""Of what else registers hold; a column with one of these is not used unless a mapping names it."""

FILLERS: Final = frozenset({"risk", "risks", "risiko", "risiken", "risque", "risques", "the", "of", "du", "de", "des"})
FIELDS: Final[Mapping[str, str]] = spread(
    {
        "id,nr,no,number,ref,reference,#,kennung,nummer,identifier,numero,identifiant,uid,n,lfd nr": "id",
        "name,title,short description,titel,bezeichnung,titre,nom,intitule,summary,short title": "name",
        "description,details,beschreibung,detailed description,long description,statement": "description",
        "cause,causes,root cause,ursache,ursachen,source,drivers": "cause",
        "event,ereignis,evenement,event description": "event",
        "effect,effects,impact,impacts,impact description,consequence,consequences,auswirkung,auswirkungen,wirkung,"
        "folge,folgen,effet,effets,description impact,effect description": "effect",
        "category,rbs,kategorie,categorie,risk category,area,gruppe": "category",
        "owner,responsible,verantwortlich,verantwortlicher,eigentumer,eigner,risikoeigner,proprietaire,responsable,"
        "person responsible,pilote": "owner",
        "status,state,statut,zustand,etat": "status",
        "threat opportunity,t o,threat or opportunity,o t,opportunity threat,risk opportunity,nature": "kind",
        "type,kind,art,typ": "type",
        "wbs,wbs code,wbs element,wbs codes,affected wbs,psp,psp element,lot wbs": "wbs",
        "tag,tags,tags affected,affected tags": "tags",
        "team,teams,affected team,affected teams": "team",
        "risikonummer,risikonr": "id",
        "risikotitel,risikobezeichnung,risikoname": "name",
        "risikobeschreibung": "description",
        "risikostatus": "status",
        "risikoart": "type",
    }
)

MONEYS: Final[Mapping[str, str]] = spread(
    {
        "€,eur,euro,euros,keur,meur,teur": "EUR",
        "$,usd,us$,dollar,dollars,kusd,musd,tusd": "USD",
        "£,gbp,pound,pounds,kgbp,mgbp": "GBP",
        "chf,sfr,kchf,mchf,tchf": "CHF",
        "¥,jpy": "JPY",
        "sek": "SEK",
        "nok": "NOK",
        "dkk": "DKK",
        "aud": "AUD",
        "cad": "CAD",
        "pln": "PLN",
    }
)
"""Currencies that tell of money wherever they stand; the other codes have meanings beside (SDG, PHP)."""

CURRENCIES: Final[Mapping[str, str]] = {**PLAIN, **THOUSANDS, **MILLIONS, **MONEYS}
THOUSAND: Final = frozenset(
    {"k", "000", "thousand", "thousands", "tsd", "tausend", "teur", "tusd", "tchf", "milliers", *THOUSANDS}
)
MILLION: Final = frozenset({"mio", "mill", "million", "millions", "millionen", "mn", "mm", *MILLIONS})
PERCENT: Final = frozenset({"%", "percent", "prozent", "pourcent", "pct"})
WHOLES: Final = frozenset({"budget", "total", "contract", "revenue", "turnover", "sum", "project", "capex", "gesamt"})
"""What a percentage of money may be a share of, other than the cost of what a risk hits."""

UNTOLD: Final = frozenset(
    {
        "billion",
        "billions",
        "bn",
        "bln",
        "mrd",
        "milliarde",
        "milliarden",
        "milliard",
        "milliards",
        "hundred",
        "hundreds",
    }
    | {"lakh", "lakhs", "lac", "lacs", "crore", "crores", "cr"}
)
"""Multiples that are not taken without being told: a billion is not the same everywhere."""

STATUSES: Final[Mapping[str, str]] = spread(
    {
        "open,active,live,ongoing,in progress,identified,managed,monitoring,monitored,accepted,raised,new,in treatment,"
        "mitigating,under review,offen,aktiv,ouvert,ouverte,actif,en cours,in bearbeitung": "open",
        "proposed,draft,candidate,vorgeschlagen,entwurf,propose,proposee,brouillon": "proposed",
        "closed,expired,retired,rejected,cancelled,canceled,void,deleted,avoided,not applicable,n a,obsolete,"
        "geschlossen,erledigt,abgelehnt,verworfen,ferme,fermee,clos,close,cloture,rejete": "closed",
        "occurred,impacted,issue,realised,realized,materialised,materialized,triggered,happened,eingetreten,survenu,"
        "realise": "occurred",
    }
)
KINDS: Final[Mapping[str, str]] = spread(
    {
        "threat,threats,risk,t,negative,downside,bedrohung,gefahr,risiko,menace,risque": "threat",
        "opportunity,opportunities,o,positive,upside,opp,chance,opportunite": "opportunity",
    }
)
