"""What is wrong, and what must be known with a result, as sentences in bokmål."""

from fotfeste.economics.breakeven import NoSuchInput
from fotfeste.economics.evaluation import BadHorizon
from fotfeste.economics.payers import PAYERS
from fotfeste.economics.reading import BadAnalysis
from fotfeste.files import BadCell
from fotfeste.files.sentences import KEYS, cell_sentence, key_sentence


class NoFigure(ValueError):
    """The file does not hold what the figure shows."""

    def __init__(self, figure: str) -> None:
        super().__init__(f"--figure {figure}: Filen sier ikke nok om usikkerhet eller effekt til denne figuren.")


class OverData(ValueError):
    """The table beside the figure would be written over a file that the analysis was read from."""

    def __init__(self, file: str) -> None:
        super().__init__(f"--chart: Figurens tabell ville blitt skrevet over {file}. Gi figuren et annet navn.")


class NoStates(ValueError):
    """The analysis has no states to follow people between."""

    def __init__(self, file: str) -> None:
        super().__init__(f"{file}: Analysen har ingen tilstander (markov).")


class NoReport(ValueError):
    """A report is not written in files that end in ``suffix``."""

    def __init__(self, suffix: str) -> None:
        super().__init__(f"«{suffix}» er ikke en rapport. Bruk .pdf, .html eller .docx.")


OWN = {
    **KEYS,
    "payer": f"«{{value}}» er ikke en betaler. Bruk {', '.join(PAYERS)}.",
    "perspective": f"«{{value}}» er ikke noen det kan regnes for. Bruk {', '.join(PAYERS)}, public eller society.",
    "negative": "«{value}» er for lite: tallet kan ikke være under null.",
    "above_zero": "«{value}» er for lite: tallet må være over null.",
    "large": "«{value}» er for stort.",
    "share": "«{value}» er ikke en andel mellom 0 og 1.",
    "order": "«{value}» er for lite: tallet må være større enn det det følger etter.",
    "duplicate": "«{value}» står to ganger.",
    "one_of": "Bruk den ene eller den andre, ikke begge og ikke ingen: {value}.",
    "price_year": "Prisindeksen har ikke året {value}. Legg det til i prices.index, eller bruk et annet prisår.",
    "currency": "Beløpet er i en annen valuta. Legg til en kurs for {value} i prices.exchange.",
    "index": "«{value}» er ikke et indekstall.",
    "source": "Si hvor tallet er fra (source), eller at det er antatt (assumed = true).",
    "state": "Ingen tilstand heter «{value}».",
    "transition": "Overgangen går fra «{value}» til seg selv. Den som blir, er det som er igjen.",
    "probability_negative": "Sannsynligheten er {value}. Den kan ikke være under null.",
    "probability_above_one": "Sannsynligheten for å flytte ville bli {value}. Den kan ikke være over 1.",
    "sum": "Sannsynlighetene har summen {value}. De skal ha summen 1.",
    "length": "Her skal det stå {value} tall.",
    "horizon": "Horisonten må være et helt antall ganger {value:g} måneder.",
    "too_long": "Horisonten kan ikke være lengre enn {value:g} måneder.",
    "needs_full_time_share": "Årsverk krever effect.full_time_share: hvor stor stilling de som er i jobb, har.",
    "needs_cohort": "Beløp per år i en tilstand krever en modell med tilstander (markov).",
    "needs_workdays": "Dager i jobb krever workdays_per_year.",
    "needs_qaly": "Kvalitetsjusterte leveår krever effect.qaly eller utility for tilstandene.",
    "spread_over": "Si når beløpet blir betalt: en gang (at_month) eller fordelt fram til to_month.",
    "parameter": "Ingen tall i filen heter «{value}».",
    "mean": "Fordelingen kan ikke ha «{value}» som midt.",
    "spread": "Standardfeilen {value} er for stor for en betafordeling her.",
    "correlation": "Samvariasjonen «{value}» går ikke an, alene eller sammen med de andre.",
    "correlation_missing": "Si hvor mye målingene følger hverandre (correlation, fra 0 til 1).",
    "people": "Filen «{value}» finnes ikke.",
    "people_missing": "Dette krever en fil med personer (people).",
    "group": "Ingen personer er i gruppen «{value}».",
    "column": "Filen har ingen kolonne «{value}».",
    "difference": "«{value}» er ikke en forskjell mellom to andeler, fra -1 til 1.",
    "result": "Resultatet «{value}» finnes ikke eller kan ikke leses som JSON.",
    "result_key": "Resultatet mangler «{value}».",
    "result_outcome": "Resultatet gjelder «{value}».",
    "result_time": "Resultatet er målt ved {value} måneder.",
    "result_arms": "Forsøket har flere tiltak ({value}). Skriv inn effekten av det ene.",
    "result_measure": "Resultatet er en {value}. Her trengs en differanse.",
}
NOTES = {
    "beyond_what_was_measured": "Det er regnet lenger fram enn effekten er målt. Resten er en antakelse.",
    "assumed_inputs": "Noen av tallene er antatt. De er merket i rapporten.",
    "probabilities_held": "Noen sannsynligheter ville blitt under 0 eller over 1. De er holdt innenfor.",
}


def known(error: Exception) -> bool:
    """Whether the file or the asking is wrong, and not the program."""
    from fotfeste.charts.saving import UnknownFormat  # brings the drawing library along

    wrong = (BadAnalysis, BadCell, BadHorizon, NoFigure, NoReport, NoStates, NoSuchInput, OverData, UnknownFormat)
    return isinstance(error, wrong)


def sentence(error: Exception, file: str) -> str:
    if isinstance(error, BadAnalysis):
        return key_sentence(error, OWN)
    if isinstance(error, BadCell):
        return cell_sentence(error)
    if isinstance(error, BadHorizon):
        if error.too_long:
            return f"{file}: {OWN['too_long'].format(value=error.longest_months)}"
        months, interval = (f"{value:g}".replace(".", ",") for value in (error.months, error.interval_months))
        return f"{file}: {months} måneder er ikke et helt antall ganger {interval} måneder."
    if isinstance(error, NoSuchInput):
        named = error.question in ("wage", "cost", "duration")
        asked = "Si hvilket tall som er ment" if named else f"Ingen tall i filen heter «{error.question}»"
        return f"{file}: {asked}. Filen har {', '.join(error.known) or 'ingen'}."
    return str(error)


def note(code: str) -> str:
    return NOTES[code]
