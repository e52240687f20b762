"""Meetings: when, what kind, with whom, for whom."""

from fotfeste_web.caseload.models import Channel, ContactKind, ContactStatus, MadeBy, Place, Purpose

from .cells import read_name, read_organisation, read_text, read_word, read_yes
from .column import Column
from .dates import HOW, read_clock, read_day, read_minutes
from .employers import EMPLOYER_NAMES, NUMBER_NAMES
from .participants import labels, person_columns

# A start-up meeting belongs to the start, which makes it: the participants' file has it.
KINDS = [choice for choice in ContactKind.choices if choice[0] != ContactKind.START_UP]
KINDS_ALSO = {
    "deltaker": "participant", "møte deltaker": "participant", "oppfølging": "participant", "samtale": "participant",
    "arbeidsgiver": "employer", "arbeidsgivermøte": "employer", "bedrift": "employer", "bedriftsbesøk": "employer",
    "nav": "nav", "behandlingsteam": "treatment_team", "behandler": "treatment_team", "dps": "treatment_team",
}  # fmt: skip
STATUS_ALSO = {
    "holdt": "held", "ja": "held", "gjennomført": "held", "ikke møtt": "participant_absent",
    "møtte ikke": "participant_absent", "avbestilt": "cancelled",
}  # fmt: skip
CHANNELS_ALSO = {
    "fysisk": "in_person", "oppmøte": "in_person", "tlf": "phone", "ringte": "phone", "sms": "digital",
    "e-post": "digital", "epost": "digital", "video": "digital", "teams": "digital", "digitalt": "digital",
}  # fmt: skip
PLACES_ALSO = {
    "arbeidsgiver": "employer", "bedriften": "employer", "kafe": "cafe", "ute": "cafe", "hjemme": "home",
    "nav": "nav", "nav-kontoret": "nav", "kontor": "own_office", "kontoret": "own_office", "dps": "treatment_team",
}  # fmt: skip

COLUMNS = (
    Column(key="on", heading="Dato", help=HOW, read=read_day, also=("Møtedato", "Når", "Dag"), required=True),
    Column(
        key="starts_at",
        heading="Klokka",
        help="For eksempel 09.30.",
        read=read_clock,
        also=("Klokkeslett", "Kl", "Tid", "Tidspunkt", "Starttid"),
    ),
    Column(
        key="kind",
        heading="Type",
        help="Ett av ordene. Oppstartsmøtet følger med oppstarten i fila for deltakere.",
        read=read_word(KINDS, KINDS_ALSO),
        also=("Møtetype", "Type møte", "Kontakttype", "Aktivitet"),
        required=True,
        words=labels(KINDS),
    ),
    Column(
        key="specialist",
        heading="Jobbspesialist",
        help="Navnet eller e-postadressen til en i tjenesten.",
        read=read_name,
        also=("IPS-jobbspesialist", "Ansatt", "Ført av"),
        required=True,
    ),
    *person_columns(why_identity="Finner personen når flere heter det samme."),
    Column(
        key="employer",
        heading="Arbeidsgiver",
        help="Navnet. En som ikke står der fra før, blir lagt til.",
        read=read_text(160),
        also=EMPLOYER_NAMES,
    ),
    Column(
        key="organisation_number",
        heading="Organisasjonsnummer",
        help="9 sifre. Trengs når flere arbeidsgivere heter det samme.",
        read=read_organisation,
        also=NUMBER_NAMES,
    ),
    Column(
        key="status",
        heading="Status",
        help="Ett av ordene. Tomt betyr gjennomført.",
        read=read_word(ContactStatus.choices, STATUS_ALSO),
        also=("Gjennomført", "Hvordan gikk det"),
        words=labels(ContactStatus.choices),
    ),
    Column(
        key="channel",
        heading="Hvordan",
        help="Ett av ordene.",
        read=read_word(Channel.choices, CHANNELS_ALSO),
        also=("Form", "Møteform", "Kanal", "Kontaktform"),
        required=True,
        words=labels(Channel.choices),
    ),
    Column(
        key="minutes",
        heading="Varighet",
        help="I minutter, for eksempel 45.",
        read=read_minutes,
        also=("Minutter", "Tidsbruk", "Lengde"),
    ),
    Column(
        key="place",
        heading="Sted",
        help="Ett av ordene, når dere møttes. Tomt teller ikke som tid ute.",
        read=read_word(Place.choices, PLACES_ALSO),
        also=("Hvor", "Møtested"),
        words=labels(Place.choices),
    ),
    Column(
        key="purpose",
        heading="Formål",
        help="Ett av ordene, for møter med arbeidsgiver. Tomt teller ikke som arbeidsgiverkontakt.",
        read=read_word(Purpose.choices),
        words=labels(Purpose.choices),
    ),
    Column(
        key="decision_maker",
        heading="Beslutningstaker",
        help="Ja når en som bestemmer var med, ellers nei.",
        read=read_yes,
        also=("Beslutningstaker til stede",),
        words=("ja", "nei"),
    ),
    Column(
        key="met",
        heading="Hvem hos arbeidsgiveren",
        help="Navnet er nok.",
        read=read_text(120),
        also=("Møtte", "Kontaktperson"),
    ),
    Column(
        key="made_by",
        heading="Hvem tok kontakten",
        help="Ett av ordene. Tomt betyr jobbspesialisten.",
        read=read_word(MadeBy.choices),
        words=labels(MadeBy.choices),
    ),
    Column(
        key="note",
        heading="Notat",
        help="Om deltakeren. Leses av dem som følger personen.",
        read=read_text(4000, lines=True),
        also=("Notat om deltakeren", "Kommentar", "Referat"),
    ),
    Column(
        key="summary",
        heading="Kort om møtet",
        help="Uten personopplysninger: alle i tjenesten kan lese det.",
        read=read_text(2000, lines=True),
        also=("Sammendrag", "Oppsummering"),
    ),
)
