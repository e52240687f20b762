"""What is wrong, and what must be known with a result, as sentences."""

from fotfeste.commands.evidence.inputs import BadOption
from fotfeste.evidence.moderators import BadFormula, UnknownModerator
from fotfeste.evidence.studies import BadStudy, TooFewStudies
from fotfeste.files import BadCell, BadKey
from fotfeste.files.sentences import CELLS, KEYS, cell_sentence, key_sentence

FILE = {
    **CELLS,
    "no_rows": "Ingen studier: filen har ingen rader som skal være med.",
    "infinite": "Dette tallet er ikke endelig.",
    "duplicate_study": "Studien står der fra før. Hver studie skal ha sitt eget navn.",
    "negative_variance": "En varians kan ikke være negativ. Er det en standardfeil, bruk --se.",
    "zero_variance": "En varians kan ikke være null.",
    "not_a_count": "Dette er ikke et antall.",
    "events_above_n": "Det er flere hendelser enn deltakere.",
    "no_people": "Ingen deltakere i gruppen.",
    "negative": "Tallet kan ikke være negativt.",
    "not_positive": "Tallet må være over null.",
    "reversed": "Intervallet slutter før det begynner.",
    "not_a_p": "En p-verdi ligger mellom 0 og 1.",
    "level": "Dette er ikke en av verktøyets vurderinger.",
    "overall_too_good": "Samlet kan ikke være bedre enn den verste av vurderingene.",
    "not_a_correlation": "En korrelasjon ligger mellom -1 og 1.",
}
REVIEW = {
    **KEYS,
    "no_file": "Filen «{value}» finnes ikke ved siden av oversikten.",
    "duplicate": "«{value}» står to ganger.",
    "no_outcome": "Oversikten har ingen utfall.",
    "unknown_tool": "Verktøyet «{value}» finnes ikke.",
    "indicator": "Landtallet «{value}» finnes ikke.",
    "judgement": "{value} er ikke 0, -1 eller -2.",
    "share": "{value} er ikke en andel mellom 0 og 1.",
    "negative": "{value} er under null.",
    "sum": "Tallene går ikke opp: {value}.",
}
NOTES = {
    "columns_guessed": "Kolonnene er gjettet ut fra navnene: {}.",
    "recalled_rows_out": "{} studier er ikke lest på nytt i kilden og er ikke med. --recalled tar dem med.",
    "recalled_rows_in": "{} av studiene er gjengitt etter hukommelsen og ikke lest på nytt i kilden.",
    "mixed_outcome_definitions": "Utfallet er definert på {} måter. Se også resultatet uten de avvikende.",
    "control_group_counted_twice": "Kontrollgruppen ser ut til å være talt to ganger: {}.",
    "zero_cells": "Tomme celler ({}).",
    "studies_without_effect": "Uten egen effekt, og ikke med: {}.",
    "effect_off_centre": "Effekten ligger ikke midt i intervallet sitt. Se etter trykkfeil: {}.",
    "one_study": "Bare én studie: variasjonen mellom studier kan ikke vurderes.",
    "two_studies": "Bare to studier: intervallet har én frihetsgrad og variasjonen mellom studier er nesten ukjent.",
    "tau2_at_zero": "Variasjonen mellom studier er anslått til null. Det betyr ikke at den er det: se intervallet.",
    "hk_narrower_than_normal": "Hartung-Knapp er her smalere enn det vanlige intervallet. --ci hk_adhoc hindrer det.",
    "hk_without_spread": "Effektene er like, og Hartung-Knapp faller sammen. Bruk --ci hk_adhoc.",
    "collinear_dropped": "Utelatt fordi de sier det samme som andre: {}.",
    "moderator_missing": "Mangler verdi, og ikke med: {}.",
    "few_studies_per_moderator": "Færre enn ti studier per forklaringsvariabel: tolk med varsomhet.",
    "subgroup_of_one_study": "En undergruppe har bare én studie.",
    "not_estimable": "Antallet som mangler, kan ikke regnes ut med denne metoden for disse studiene.",
    "no_fixed_point": "Antallet som mangler, falt ikke til ro.",
    "few_studies_for_asymmetry": "Færre enn ti studier: testene for skjevhet har liten styrke.",
    "drawn_permutations": "Ikke alle omstokkinger er prøvd, men de samme hver gang og på alle maskiner.",
    "drawn_subsets": "Ikke alle delmengder er regnet, men de samme hver gang.",
    "quantiles_from_counts": "Kvantilene er lest av en fin inndeling, ikke av hver delmengde.",
    "no_information": "Ingen av studiene sier noe om effekten.",
    "no_events_left_out": "Studier uten hendelser er ikke med.",
    "gosh_per_subset_limit": "For mange delmengder for denne metoden: {} er trukket.",
}


def sentence(error: Exception, file: str = "") -> str:
    if isinstance(error, BadCell):
        return cell_sentence(error, FILE)
    if isinstance(error, BadKey):
        return key_sentence(error, REVIEW)
    if isinstance(error, BadStudy):
        return f"{file}, studie {error.study}, {error.field}, «{error.value}»: {FILE[error.reason]}"
    if isinstance(error, TooFewStudies):
        return f"{file}: Dette krever minst {error.needed} studier. Her er det {error.k}."
    if isinstance(error, UnknownModerator):
        return f"{file}: Kolonnen «{error.name}» finnes ikke. Filen har {', '.join(error.known)}."
    if isinstance(error, BadFormula):
        return f"--mods: «{error.part}» kan ikke leses. Skriv for eksempel «epl + year» eller «a*b»."
    if isinstance(error, BadOption):
        known = ", ".join(error.known)
        return {
            "unknown_measure": f"--measure: «{error.value}» finnes ikke. Bruk GEN eller {known}.",
            "columns": f"{file}: Kolonnene kan ikke gjettes med sikkerhet. Si hvilke de er: {known}.",
            "scale": f"--scale: Målet {error.value} har en enhet. Si hvor mye studier kan være ulike, i den enheten.",
            "positive": f"{error.option}: {error.value} må være over null.",
            "form": f"--out: «{error.value}» er ikke en rapportfil. Bruk {known}.",
            "share": f"{error.option}: {error.value} er ikke en andel mellom 0 og 1.",
            "stated": f"--stated: «{error.value}» kan ikke leses. Skriv domene=trekk:grunn, der domene er {known},"
            " og trekk er 0, -1 eller -2.",
            "level": f"--level: {error.value} er ikke mellom 0,5 og 1. Skriv 0.95.",
            "where": f"--where: «{error.value}» kan ikke leses. Skriv kolonne=verdi eller kolonne!=verdi.",
        }[error.reason]
    return str(error)


def note(code: str, detail: str = "") -> str:
    return NOTES[code].format(detail)
