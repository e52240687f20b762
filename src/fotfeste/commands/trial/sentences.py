"""What is wrong with a plan, a request, a seed or an option, as a sentence for the one who can mend it."""

from fotfeste.files import BadCell, BadKey
from fotfeste.files.sentences import CELLS, KEYS, cell_sentence, key_sentence
from fotfeste.trial.errors import BadDesign, OtherPeople
from fotfeste.trial.randomisation import BadRequest, BadSeed, DoesNotFollow

Refusal = (BadKey, BadCell, BadSeed, BadDesign, DoesNotFollow, OtherPeople, OSError)

_PLAN = {
    **KEYS,
    "name": "«{value}» kan ikke være et navn her. Bruk små bokstaver a–z, tall, _ og -.",
    "taken": "«{value}» er opptatt: filene i et forsøk har selv en kolonne som heter det.",
    "unknown_name": "«{value}» finnes ikke her. Er navnet skrevet som der det er definert?",
    "duplicate": "«{value}» står to ganger.",
    "range": "«{value}» er utenfor det som er mulig her.",
    "one_arm": "Et forsøk har minst to armer.",
    "reference": "Nøyaktig én arm skal ha reference = true. Her er det {value}.",
    "few_levels": "Her trengs flere verdier å velge mellom. Det er {value}.",
    "unknown_definition": "Utfallet «{value}» er ikke definert. Se employment/outcomes.toml.",
    "other_kind": "Definisjonen «{value}» gir ikke et utfall av dette slaget.",
    "other_month": "Definisjonen gjelder et annet vindu enn {value} måneder.",
    "how_measured": "Si hvordan utfallet måles: definition, instrument eller description.",
    "months": "Tidspunktene skal stå i stigende rekkefølge, minst ett, hvert én gang. De er {value}.",
    "method": "Metoden «{value}» gir ikke dette målet for et slikt utfall.",
    "cannot_adjust": "Metoden «{value}» kan ikke justere for noe.",
    "missing_rule": "Regelen «{value}» gjelder arbeid, ikke en skala.",
    "sum": "Andelene som faller fra i armen «{value}», må være fra 0 til under 1 til sammen.",
    "block_size": "En blokk på {value} går ikke opp i forholdet mellom armene.",
    "no_factors": "Minimering trenger noe å balansere: by.",
    "needless": "«{value}» brukes ikke av denne trekningen.",
    "no_assumptions": "Planen sier ikke hva som ventes. Det trengs for å lage et oppdiktet forsøk.",
    "no_expected": "Planen sier ikke hva som ventes her. Det trengs for å lage et oppdiktet forsøk.",
}
_CELLS = {
    **CELLS,
    "not_positive": "Et forhold er over 0.",
    "missing_stratum": "Her mangler en verdi. Ingen trekkes uten.",
    "unknown_level": "Planen har ikke denne verdien.",
    "name": "Her mangler et navn, eller det har tegn som ikke synes.",
    "other_request": "Denne forespørselen er brukt før, om en annen eller med andre verdier.",
    "person_twice": "Denne personen er allerede trukket, etter en annen forespørsel.",
    "cut": "Siste rad er avbrutt. Fila må ikke redigeres; hent en hel kopi.",
}
_SEEDS = {
    "exists": "Fila finnes fra før og blir ikke skrevet over. Et frø lages én gang.",
    "unwritable": "Fila kan ikke skrives der.",
    "unreadable": "Fila finnes ikke eller kan ikke leses.",
    "not_made_here": "Dette er ikke en frøfil. Lag den med «fotfeste trial commit».",
    "short": "Frøet er ikke på 256 bit. Et kort frø finnes ut fra forseglingen på sekunder. Lag det med «commit».",
    "typed": "Frøet er ikke trukket tilfeldig. Et frø noen har skrevet, kan gjettes. Lag det med «commit».",
}
_DESIGNS = {
    "share": "må ligge mellom 0 og 1",
    "positive": "må være over 0",
    "finite": "må være et endelig tall",
    "whole": "må være minst 2",
    "missing": "mangler: dette regnes ikke uten",
    "needless": "brukes ikke her",
    "method": "passer ikke til denne testen",
    "large": "regnes eksakt bare for opp til omtrent 3000 i hver arm. Bruk normal",
    "out_of_reach": "kan ikke nås, uansett hvor mange eller hvor stor forskjellen er",
    "too_many": "kan ikke nås med en million deltakere",
}


def sentence(error: BaseException, requests: str = "", log: str = "") -> str:
    """Where it is wrong, and what to do; ``requests`` and ``log`` are the names of the files that were read."""
    match error:
        case BadKey():
            return key_sentence(error, _PLAN)
        case BadCell():
            error.file = error.file or (requests if isinstance(error, BadRequest) else log)
            return cell_sentence(error, _CELLS)
        case BadSeed():
            return f"{error.file}: {_SEEDS[error.reason]}"
        case DoesNotFollow():
            where = f"{log}, rad {error.departure.number + 1}, kolonne {error.departure.column}"
            return f"{where}: Loggen hører ikke til denne planen og dette frøet. Ingen er trukket."
        case OtherPeople():
            return f"{log}: «{error.person}» er ikke trukket der slik planen og tallet gir. Er det de samme personene?"
        case BadDesign():
            return f"--{error.option.replace('_', '-')} {_DESIGNS[error.reason]}."
        case OSError():
            return f"{error.filename}: Fila kan ikke skrives der."
    raise error
