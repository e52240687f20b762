"""What is wrong with a file or a name, as a sentence for the one who can mend it."""

from fotfeste.commands.fidelity.inputs import BadPeriod, NoRecords
from fotfeste.fidelity.ratings import COLUMNS, BadRatings
from fotfeste.fidelity.scale_files import BadScale, UnknownScale
from fotfeste.fidelity.shapes import Scale, UnknownRule
from fotfeste.fidelity.suggestions import NoSuggestions, SeveralServices
from fotfeste.files.sentences import CELLS, KEYS, key_sentence
from fotfeste.indicators.records import TABLES, BadRecord

_RATINGS = {
    **CELLS,
    "not_found": "Fila finnes ikke eller kan ikke leses.",
    "unreadable": "Fila finnes ikke eller kan ikke leses.",
    "unknown_column": f"Kolonnen er ukjent. Disse kan brukes: {', '.join(COLUMNS)}.",
    "missing_column": "Kolonnen mangler. Første linje må ha item og rating.",
    "repeated_column": "Kolonnen står to ganger.",
    "too_many_values": "Raden har flere verdier enn det er kolonner. Sett tekst med komma i anførselstegn.",
    "unknown_item": "Skalaen har ikke punkt «{value}».",
    "rating": "«{value}» er ikke et helt tall fra {lowest} til {highest}. Tomt felt betyr ikke vurdert.",
    "duplicate": "Punkt {value} er vurdert to ganger.",
    "many_raters": "Fila har vurderinger fra flere ({value}). Hver må ha sin fil, eller velg en av dem med --rater.",
    "unknown_rater": "Ingen vurderinger er fra «{value}».",
}
_SCALES = {
    **KEYS,
    "duplicate": "«{value}» står to ganger.",
    "unknown_section": "Ingen del av skalaen heter «{value}».",
    "unknown_subscale": "Ingen delskala heter «{value}».",
    "unknown_part": "Punktet har ingen del «{value}».",
    "anchors": "Punktet må ha ett anker for hver verdi, den laveste først. Det har {value}.",
    "ratings": "{value} er ikke verdier som kan brukes her.",
    "range": "{value} er for lavt: det øverste tallet ligger under det nederste.",
    "numbering": "Nummereringen må gå fra 1 uten hopp. Den brytes ved «{value}».",
    "bands": "Nivåene må dekke alle summer, uten hull og overlapp.",
}


_RECORDS = {
    "unknown_file": "Fila er ukjent. Disse kan være der: {files}.",
    "encoding": "Fila er ikke tekst i UTF-8. Lagre den som «CSV UTF-8».",
    "unknown_column": "Kolonnen er ukjent.",
    "missing_column": "Kolonnen mangler.",
    "too_many_values": "Raden har flere verdier enn det er kolonner. Sett tekst med komma i anførselstegn.",
    "missing": "Her mangler en verdi.",
    "date": "«{value}» er ikke en dato, som 2026-01-31.",
    "time": "«{value}» er ikke et klokkeslett, som 09:30.",
    "number": "«{value}» er ikke et tall som kan brukes her.",
    "yes_no": "«{value}» er verken true eller false.",
    "choice": "«{value}» er ikke en av verdiene som kan brukes.",
    "duplicate": "«{value}» står to ganger.",
    "before_start": "{value} er før starten.",
    "no_such_job": "Ingen jobb heter «{value}».",
    "no_such_specialist": "Ingen jobbspesialist heter «{value}».",
    "overlapping_terms": "To vilkår i samme jobb gjelder {value}.",
    "term_outside_job": "Vilkårene begynner {value}, utenfor jobben.",
}

Unusable = (
    BadPeriod
    | BadRatings
    | BadRecord
    | BadScale
    | NoRecords
    | NoSuggestions
    | SeveralServices
    | UnknownRule
    | UnknownScale
)


def sentence(error: Unusable, scale: Scale | None = None) -> str:
    """Where it is wrong, and what to do."""
    if isinstance(error, UnknownScale):
        meant = f" Mente du {' eller '.join(f'«{id}»' for id in error.near)}?" if error.near else ""
        return f"Skalaen «{error.id}» finnes ikke.{meant}"
    if isinstance(error, BadScale):
        return key_sentence(error, _SCALES)
    if isinstance(error, NoSuggestions):
        return f"Ingen har sagt hvordan punktene i «{error.scale}» regnes av registreringer. Bruk ips-25."
    if isinstance(error, UnknownRule):
        return f"Punkt {error.item} i skalaen mangler tallet «{error.rule}» (rules), og kan ikke regnes uten."
    if isinstance(error, SeveralServices):
        return f"Mappa har flere tjenester ({', '.join(error.services)}). Hver må ha sin mappe."
    if isinstance(error, NoRecords):
        if error.reason == "dates":
            return "Ingenting i mappa har en dato. Si hvilken dag det gjelder med --to."
        return f"{error.folder}: Mappa finnes ikke eller har ingen CSV-filer."
    if isinstance(error, BadPeriod):
        if error.reason == "order":
            return f"Siste dag ({error.value}) er før første dag."
        return f"{error.option}: «{error.value}» er ikke en dato, som 2026-01-31."
    row = f", rad {error.row}" if error.row else ""
    column = f", kolonne {error.column}" if error.column else ""
    told = _RECORDS if isinstance(error, BadRecord) else _RATINGS
    words = {"lowest": scale.lowest, "highest": scale.highest} if scale else {}
    files = ", ".join(f"{name}.csv" for name in TABLES)
    return f"{error.file}{row}{column}: {told[error.reason].format(value=error.value, files=files, **words)}"
