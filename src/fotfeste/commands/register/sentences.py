"""What is wrong with a delivered file, a layout or an option, as a sentence for the one who can mend it."""

from fotfeste.files import BadCell, BadKey
from fotfeste.files.sentences import CELLS, KEYS, cell_sentence, key_sentence
from fotfeste.register.quality import UnknownCheck
from fotfeste.register.simulation import BadPlan

Refusal = (BadKey, BadCell, BadPlan, UnknownCheck, OSError)

_PLANS = {
    "people": "--people må være minst 1.",
    "years": "Registrene må dekke 2013 til 2016: se --first-year og --years.",
}
_LAYOUTS = {
    **KEYS,
    "unknown_layout": "Layouten «{value}» finnes ikke. Bruk microdata, aa-register eller en .toml-fil.",
}
_CELLS = {
    **CELLS,
    "no_folder": "Mappa finnes ikke.",
    "no_files": "Mappa har ingen av registerfilene. De heter jobs.parquet, jobs.csv eller jobs/, og likedan de andre.",
    "two_forms": "Den samme fila er levert på to måter.",
    "parquet": "Parquet-fila er skadet eller avbrutt og kan ikke leses.",
    "missing": "Her mangler en verdi.",
    "month": "Dette er ikke en måned, som 2019-03.",
    "flag": "Dette er verken 1, 0, true eller false.",
    "duplicate": "Den samme raden finnes fra før.",
    "kind": "Kolonnen har en annen slags verdier enn den skal.",
    "other_columns": "Delene av fila har ikke de samme kolonnene.",
}


def sentence(error: BaseException) -> str:
    """Where it is wrong, and what to do."""
    match error:
        case BadKey():
            return key_sentence(error, _LAYOUTS)
        case BadCell():
            return cell_sentence(error, _CELLS)
        case BadPlan():
            return _PLANS[error.option]
        case UnknownCheck():
            return f"Funnet «{error.name}» finnes ikke her. Bruk {', '.join(error.known)}."
        case OSError():
            return f"{error.filename}: Fila kan ikke leses eller skrives der."
    raise error
