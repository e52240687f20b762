"""What is wrong, and what must be known with a result, as sentences."""

from fotfeste.commands.evidence.adding import BadAdded
from fotfeste.commands.evidence.inputs import BadOption
from fotfeste.evidence.moderators import BadFormula, UnknownModerator
from fotfeste.evidence.studies import AllAlike, BadStudy, NoInterval, TooFewStudies, TooManyStudies
from fotfeste.files import BadCell, BadKey
from fotfeste.files.results import BadResult
from fotfeste.files.sentences import CELLS, KEYS, cell_sentence, key_sentence

FILE = {
    **CELLS,
    "no_rows": "Ingen studier: filen har ingen rader som skal være med.",
    "infinite": "Dette tallet er ikke endelig.",
    "out_of_range": "Tallet er for stort eller for lite til å regne med.",
    "no_name": "Studien har ikke noe navn.",
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
ADDED = {
    "unreadable": "Filen finnes ikke eller kan ikke leses.",
    "json": "Filen kan ikke leses som JSON.",
    "form": "Filen er ikke et resultat.",
    "command": "Dette er ikke resultatet av et forsøk. Bruk JSON fra {}.",
    "none": "Resultatet har ikke utfallet eller måneden. Det har {}.",
    "several": "Resultatet har flere. Velg med --add-outcome og --add-time.",
    "arms": "Forsøket har flere tiltak ({}) mot samme kontrollgruppe. Det kan ikke legges til som én studie.",
    "counts": "Resultatet har ikke antall hendelser og personer i hver gruppe. Det målet her krever det.",
    "rounded": "Antallene er avrundet. Lag resultatet på nytt med --small-cells 0.",
    "estimate": "Resultatet har ikke dette målet med standardfeil.",
    "columns": "Et resultat kan legges til antall eller effekter med feilmargin. Her brukes {}.",
    "duplicate": "Studien står der fra før.",
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


def sentence(error: Exception, file: str = "") -> str:
    if isinstance(error, BadCell):
        return cell_sentence(error, FILE)
    if isinstance(error, BadKey):
        return key_sentence(error, REVIEW)
    if isinstance(error, BadStudy):
        return f"{file}, studie {error.study}, {error.field}, «{error.value}»: {FILE[error.reason]}"
    if isinstance(error, TooFewStudies):
        return f"{file}: Dette krever minst {error.needed} studier. Her er det {error.k}."
    if isinstance(error, TooManyStudies):
        return f"{file}: Dette regnes for høyst {error.most} studier. Her er det {error.k}."
    if isinstance(error, UnknownModerator):
        return f"{file}: Kolonnen «{error.name}» finnes ikke. Filen har {', '.join(error.known)}."
    if isinstance(error, NoInterval):
        return (
            f"--tau2-interval: {error.kind} finnes ikke for --method {error.method}."
            " generalised_q er for DL og HE, profile_likelihood for ML og REML."
        )
    if isinstance(error, AllAlike):
        return f"{file}: Studiene har samme effekt eller samme standardfeil. Skjevhet kan ikke vurderes."
    if isinstance(error, BadFormula):
        return f"--mods: «{error.part}» kan ikke leses. Skriv for eksempel «epl + year» eller «a*b»."
    if isinstance(error, BadResult):
        return f"{error.file}: {ADDED[error.reason]}"
    if isinstance(error, BadAdded):
        where = f"{error.file}, {error.key}" if error.key else error.file
        return f"{where}: {ADDED[error.reason].format(', '.join(error.known))}"
    if isinstance(error, BadOption):
        known = ", ".join(error.known)
        return {
            "unknown_measure": f"--measure: «{error.value}» finnes ikke. Bruk GEN eller {known}.",
            "columns": f"{file}: Kolonnene kan ikke gjettes med sikkerhet. Si hvilke de er: {known}.",
            "scale": f"--scale: Målet {error.value} har en enhet. Si hvor mye studier kan være ulike, i den enheten.",
            "positive": f"{error.option}: {error.value} må være over null.",
            "counts": f"{error.option}: {error.value} krever antall hendelser og deltakere i hver gruppe.",
            "inverse_only": f"{error.option} er bare for omvendt varians, ikke for {error.value}.",
            "counts_model": f"--estimator: {error.value} krever --measure OR med hendelser og deltakere i hver gruppe,"
            " eller --measure IRR med hendelser og tid. For IRR finnes ikke CM.AL.",
            "not_in_review": f"{file}: Oversikten har ikke tabellen {known}, som figuren lages av.",
            "over_data": f"--chart: Figurens tabell ville blitt skrevet over {error.value}. Gi figuren et annet navn.",
            "form": f"--out: «{error.value}» er ikke en rapportfil. Bruk {known}.",
            "share": f"{error.option}: {error.value} er ikke en andel mellom 0 og 1.",
            "stated": f"--stated: «{error.value}» kan ikke leses. Skriv domene=trekk:grunn, der domene er {known},"
            " og trekk er 0, -1 eller -2.",
            "level": f"--level: {error.value} er ikke mellom 0,5 og 1. Skriv 0.95.",
            "where": f"--where: «{error.value}» kan ikke leses. Skriv kolonne=verdi eller kolonne!=verdi.",
        }[error.reason]
    return str(error)
