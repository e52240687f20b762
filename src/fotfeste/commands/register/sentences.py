"""What is wrong with a delivered file, a layout or an option, as a sentence for the one who can mend it."""

from fotfeste.employment import UnknownDefinition
from fotfeste.files import BadCell, BadKey
from fotfeste.files.sentences import CELLS, KEYS, cell_sentence, key_sentence
from fotfeste.register.buckets import NotPrepared
from fotfeste.register.cluster import ClusterFailed, NoMaster, NoSpark
from fotfeste.register.effect.areas import NoComparison, Unbalanced
from fotfeste.register.effect.trial import NoArms, NoSites
from fotfeste.register.key_file import WrongCode
from fotfeste.register.outcomes import OtherWork
from fotfeste.register.periods import EmptyWindow
from fotfeste.register.quality import UnknownCheck
from fotfeste.register.rules import UnknownRule
from fotfeste.register.simulation import BadPlan

Refusal = (
    BadKey, BadCell, BadPlan, UnknownCheck, UnknownRule, UnknownDefinition, NotPrepared, EmptyWindow, OtherWork,
    NoArms, NoSites, NoComparison, Unbalanced, WrongCode, NoSpark, NoMaster, ClusterFailed,
    OSError,
)  # fmt: skip

_PLANS = {
    "people": "--people må være minst 1.",
    "years": "Registrene må dekke 2013 til 2016: se --first-year og --years.",
}
_LAYOUTS = {
    **KEYS,
    "unknown_layout": "Layouten «{value}» finnes ikke. Bruk microdata, aa-register eller en .toml-fil.",
}
_CODES = {
    "code": "Koden er ikke riktig skrevet: 52 bokstaver og tall, i grupper på fire.",
    "file": "Koden åpner ikke denne fila. Den kan være til en annen fil, eller fila er skadet.",
}
_AREAS = {
    "no_exposed": "Ingen områder får tiltaket i løpet av tabellen. Se kolonnen first.",
    "no_control": "Alle områdene får tiltaket samtidig. Det er ingen å sammenligne med.",
    "no_never": "Alle områdene får tiltaket til slutt. Bruk --compare not_yet.",
    "one_period": "Tabellen har bare én periode.",
    "few_areas": "Det er for få områder: minst tre.",
    "few_people": "For få personer står bak tallene for et område. Slå sammen områder eller perioder.",
}
_CELLS = {
    **CELLS,
    "no_folder": "Mappa finnes ikke.",
    "no_files": "Mappa har ingen av registerfilene. De heter jobs.parquet, jobs.csv eller jobs/, og likedan de andre.",
    "not_delivered": "Fila er ikke levert. Uten pay: slå av regelen med --without pay_decides.",
    "no_outcomes": "Her er ingen utfall. Lag dem med «fotfeste register outcomes», eller oppgi en fil.",
    "two_starts": "Området har en annen første periode lenger oppe.",
    "two_forms": "Den samme fila er levert på to måter.",
    "encoding": "Fila er verken tekst i UTF-8 eller i Windows-1252 (Latin-1). Lagre den som «CSV UTF-8».",
    "parquet": "Parquet-fila er skadet eller avbrutt og kan ikke leses.",
    "missing": "Her mangler en verdi.",
    "month": "Dette er ikke en måned, som 2019-03.",
    "too_large": "Tallet er for stort til å være riktig.",
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
        case UnknownRule():
            return f"Regelen «{error.name}» finnes ikke. «fotfeste register panel --help» viser alle."
        case UnknownDefinition():
            near = f" Mente du {' eller '.join(error.near)}?" if error.near else ""
            return f"Utfallet «{error.id}» er ikke definert.{near}"
        case NotPrepared():
            return f"{error.folder}: Her er ingen hele personmåneder. Kjør «fotfeste register panel» først."
        case EmptyWindow():
            return "Den siste måneden er før den første."
        case OtherWork():
            return f"Registrene sier ikke hva som er arbeid etter «{error.work}»."
        case NoArms():
            arms = f"«{error.intervention}» og «{error.control}»"
            return f"Tabellen har ikke armene {arms}. Den har {', '.join(error.known)}. Se --intervention og --control."
        case NoSites():
            return "Tabellen har ikke flere steder (site). Bruk --cluster person."
        case NoComparison():
            return _AREAS[error.reason]
        case Unbalanced():
            return f"Området {error.area} mangler utfall i {error.period}. Alle områder må ha alle perioder."
        case WrongCode():
            return _CODES[error.reason]
        case NoSpark():
            return "Spark eller Java er ikke installert. Kjør pip install 'fotfeste[cluster]', eller --engine polars."
        case NoMaster():
            return f"--master «{error.master}» er ingen klynge. Skriv den som spark://vert:7077, yarn eller local[2]."
        case ClusterFailed():
            return f"Klyngen {error.master} svarte ikke, eller ga opp underveis. Den sa: {error.reason}"
        case OSError():
            return f"{error.filename}: Fila kan ikke leses eller skrives der."
    raise error
