"""Jobs: whose, where, which, on what terms, until when."""

from fotfeste_web.caseload.models import FoundHow, JobEndedBy, OpennessUsed, Support, TermForm

from .cells import read_occupation, read_organisation, read_text, read_word, read_words, read_yes
from .column import Column
from .dates import HOW, read_day, read_hours
from .employers import EMPLOYER_NAMES, NUMBER_NAMES
from .participants import labels, person_columns

FORMS_ALSO = {
    "fast stilling": "permanent",
    "vikar": "substitute",
    "tilkallingsvikar": "on_call",
    "ekstrahjelp": "on_call",
}
FOUND_ALSO = {
    "jobbspesialist": "specialist_contact",
    "selv": "own_search",
    "utlyst": "advertised",
    "finn": "advertised",
}
SUPPORT_ALSO = {"vta": "set_aside", "praksis": "work_practice", "arbeidspraksis": "work_practice"}

COLUMNS = (
    *person_columns(why_identity="Finner personen når flere heter det samme."),
    Column(
        key="employer",
        heading="Arbeidsgiver",
        help="Navnet. En som ikke står der fra før, blir lagt til.",
        read=read_text(160),
        also=EMPLOYER_NAMES,
        required=True,
    ),
    Column(
        key="organisation_number",
        heading="Organisasjonsnummer",
        help="9 sifre. Trengs når flere arbeidsgivere heter det samme.",
        read=read_organisation,
        also=NUMBER_NAMES,
    ),
    Column(
        key="occupation",
        heading="Yrke",
        help="Koden i STYRK-08, fire sifre, eller hele navnet på yrket.",
        read=read_occupation,
        also=("Yrkeskode", "STYRK", "STYRK-08", "Stillingskode"),
        required=True,
    ),
    Column(key="title", heading="Stilling", help="Det de kaller jobben der.", read=read_text(120), also=("Tittel",)),
    Column(
        key="starts_on",
        heading="Første dag",
        help=HOW,
        read=read_day,
        also=("Start", "Startdato", "Fra", "Jobbstart", "Begynte", "Fra dato", "Ansatt fra"),
        required=True,
    ),
    Column(
        key="begun",
        heading="Har begynt",
        help="Ja eller nei. Ellers står jobben som avtalt.",
        read=read_yes,
        also=("Begynt", "Startet"),
        required=True,
        words=("ja", "nei"),
    ),
    Column(
        key="last_day",
        heading="Siste dag",
        help="Siste dag i jobben. Tomt når den varer.",
        read=read_day,
        also=("Slutt", "Sluttdato", "Til", "Sluttet", "Til dato", "Ansatt til"),
    ),
    Column(
        key="ended_by",
        heading="Hvem avsluttet",
        help="Ett av ordene. Trengs når jobben er slutt.",
        read=read_word(JobEndedBy.choices),
        also=("Avsluttet av",),
        words=labels(JobEndedBy.choices),
    ),
    Column(
        key="end_reason",
        heading="Hvorfor den sluttet",
        help="Kort, og hva dere lærte. Ikke diagnose eller behandling.",
        read=read_text(500, lines=True),
        also=("Sluttårsak", "Årsak", "Grunn"),
    ),
    Column(
        key="hours_per_week",
        heading="Timer i uka",
        help="For eksempel 18,75.",
        read=read_hours,
        also=("Timer", "Timer per uke", "Timer pr uke", "Ukentlig arbeidstid"),
        required=True,
    ),
    Column(
        key="form",
        heading="Ansettelse",
        help="Ett av ordene.",
        read=read_word(TermForm.choices, FORMS_ALSO),
        also=("Ansettelsesform", "Type ansettelse", "Stillingstype"),
        required=True,
        words=labels(TermForm.choices),
    ),
    Column(
        key="ordinary_rate",
        heading="Vanlig lønn",
        help="Nei når lønnen er en annen enn andre får for samme arbeid. Tomt betyr ja.",
        read=read_yes,
        also=("Ordinær lønn",),
        words=("ja", "nei"),
    ),
    Column(
        key="open_to_anyone",
        heading="Åpen for alle",
        help="Nei når stillingen er holdt av til folk med sykdom eller nedsatt funksjonsevne. Tomt betyr ja.",
        read=read_yes,
        also=("Stillingen er åpen for alle", "Ordinær stilling"),
        words=("ja", "nei"),
    ),
    Column(
        key="support",
        heading="Støtte fra NAV",
        help="Ingen, eller ett eller flere av ordene med komma mellom.",
        read=read_words(Support.choices, SUPPORT_ALSO),
        also=("Støtte", "Virkemiddel", "Tiltak"),
        words=labels(Support.choices),
    ),
    Column(
        key="found_how",
        heading="Hvordan jobben ble funnet",
        help="Ett av ordene.",
        read=read_word(FoundHow.choices, FOUND_ALSO),
        also=("Funnet gjennom", "Hvordan funnet", "Kilde"),
        required=True,
        words=labels(FoundHow.choices),
    ),
    Column(
        key="matches_wishes",
        heading="Passer med ønskene",
        help="Ja eller nei. Tomt når dere ikke har snakket om det.",
        read=read_yes,
        words=("ja", "nei"),
    ),
    Column(
        key="openness_used",
        heading="Åpenhet",
        help="Ett av ordene. Tomt når det ikke er avklart.",
        read=read_word(OpennessUsed.choices),
        also=("Åpenhet overfor arbeidsgiver",),
        words=labels(OpennessUsed.choices),
    ),
)
