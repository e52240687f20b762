"""What is wrong with a file or a name, as a sentence for the one who can mend it."""

from fotfeste.fidelity.ratings import COLUMNS, BadRatings
from fotfeste.fidelity.scale_files import BadScale, UnknownScale
from fotfeste.fidelity.shapes import Scale
from fotfeste.files.sentences import CELLS, KEYS, key_sentence

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


def sentence(error: BadRatings | BadScale | UnknownScale, scale: Scale | None = None) -> str:
    """Where it is wrong, and what to do."""
    if isinstance(error, UnknownScale):
        meant = f" Mente du {' eller '.join(f'«{id}»' for id in error.near)}?" if error.near else ""
        return f"Skalaen «{error.id}» finnes ikke.{meant}"
    if isinstance(error, BadScale):
        return key_sentence(error, _SCALES)
    row = f", rad {error.row}" if error.row else ""
    column = f", kolonne {error.column}" if error.column else ""
    ends = {"lowest": scale.lowest, "highest": scale.highest} if scale else {}
    return f"{error.file}{row}{column}: {_RATINGS[error.reason].format(value=error.value, **ends)}"
