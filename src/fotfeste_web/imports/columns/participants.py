"""Participants: who it is, the referral, the job specialist, and the time in IPS."""

from fotfeste_web.caseload.models import EndReason, ReferralSource

from .cells import (
    read_email,
    read_identity,
    read_name,
    read_phone,
    read_text,
    read_word,
    read_yes,
)
from .column import Column
from .dates import HOW, read_birth_year, read_day

SOURCES = ReferralSource.choices
SOURCES_ALSO = {
    "selv": "person", "egen": "person", "egenhenvendelse": "person", "deltaker": "person", "bruker": "person",
    "dps": "therapist", "bup": "therapist", "fact": "therapist", "act": "therapist", "tsb": "therapist",
    "psykolog": "therapist", "behandlingsteam": "therapist", "spesialisthelsetjenesten": "therapist",
    "familie": "family", "lege": "gp", "kommune": "municipality", "nav-veileder": "nav", "veileder i nav": "nav",
}  # fmt: skip
REASONS = EndReason.choices
REASONS_ALSO = {
    "jobb": "work_unsubsidised", "i jobb": "work_unsubsidised", "arbeid": "work_unsubsidised",
    "lønnstilskudd": "work_subsidised", "utdanning": "education_self", "uføretrygd": "disability_pension",
    "syk": "illness", "eget ønske": "own_wish", "ønsker ikke": "own_wish", "afp": "old_age_pension",
    "alderspensjon": "old_age_pension",
}  # fmt: skip


def labels(words: list[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(label for _, label in words)


def person_columns(*, why_identity: str) -> tuple[Column, ...]:
    """The columns that say who a row is about."""
    return (
        Column(key="first_name", heading="Fornavn", help="Fornavnet, også mellomnavn.", read=read_text(80)),
        Column(key="last_name", heading="Etternavn", help="Etternavnet.", read=read_text(80), also=("Slektsnavn",)),
        Column(
            key="name",
            heading="Navn",
            help="Hele navnet, når fornavn og etternavn ikke har hver sin kolonne: «Etternavn, Fornavn» eller «Fornavn "
            "Etternavn».",
            read=read_text(161),
            also=("Deltaker", "Deltakernavn", "Deltakerens navn", "Kandidat", "Bruker", "Fullt navn"),
            in_template=False,
        ),
        Column(
            key="birth_year",
            heading="Fødselsår",
            help="Fire sifre, eller fødselsdatoen. Bare året blir lagret.",
            read=read_birth_year,
            also=("Fødselsdato", "Født", "Fødselsdag", "Født år", "Født dato", "F.dato", "Fdato", "F.år"),
        ),
        Column(
            key="identity",
            heading="Fødselsnummer",
            help=f"11 sifre. Trengs ikke. {why_identity}",
            read=read_identity,
            also=("Fnr", "Personnummer", "Personnr", "Fødselsnr", "F.nr", "D-nummer", "Fødsels- og personnummer"),
        ),
    )


COLUMNS = (
    *person_columns(why_identity="Det lagres kryptert, og gjør at samme person ikke registreres to ganger."),
    Column(
        key="protected",
        heading="Adressesperre",
        help="Ja eller nei. Personer med adressesperre skal ikke stå i Fotfeste: ta bort raden.",
        read=read_yes,
        also=("Kode 6", "Kode 7", "Kode 6/7", "Kode 6 eller 7", "Skjermet", "Fortrolig adresse"),
        words=("ja", "nei"),
    ),
    Column(
        key="phone",
        heading="Telefon",
        help="Ett nummer.",
        read=read_phone,
        also=("Tlf", "Mobil", "Mobilnummer", "Telefonnummer", "Mobiltelefon", "Tlf.nr", "Tlfnr", "Mobilnr"),
    ),
    Column(key="email", heading="E-post", help="Én adresse.", read=read_email, also=("E-postadresse", "Mail", "Email")),
    Column(
        key="treatment_team",
        heading="Behandlingsteam",
        help="Navnet slik det står i Fotfeste.",
        read=read_name,
        also=("Team", "Behandlende enhet", "Behandlingsenhet"),
    ),
    Column(key="therapist", heading="Behandler", help="Navnet er nok.", read=read_text(120)),
    Column(
        key="nav_office",
        heading="NAV-kontor",
        help="Navnet slik det står i Fotfeste.",
        read=read_name,
        also=("Nav kontor", "Lokalkontor"),
    ),
    Column(
        key="nav_adviser", heading="NAV-veileder", help="Navnet er nok.", read=read_text(120), also=("Veileder i NAV",)
    ),
    Column(
        key="received_on",
        heading="Henvist dato",
        help=HOW,
        read=read_day,
        also=("Henvist", "Henvisningsdato", "Dato henvist", "Henvisning mottatt", "Mottatt", "Inntaksdato"),
        required=True,
    ),
    Column(
        key="source",
        heading="Henvist av",
        help="Ett av ordene.",
        read=read_word(SOURCES, SOURCES_ALSO),
        also=("Hvem henviser", "Henviser", "Henvisende instans", "Kilde"),
        required=True,
        words=labels(SOURCES),
    ),
    Column(
        key="referrer",
        heading="Navn på den som henviste",
        help="Navnet er nok.",
        read=read_text(120),
        also=("Henvisers navn", "Navn på henviser"),
    ),
    Column(
        key="wish",
        heading="Ønske om jobb",
        help="Med personens egne ord. Ønsket er det eneste som trengs for å bli med.",
        read=read_text(2000, lines=True),
        also=("Ønske", "Jobbønske", "Jobbønsker", "Mål", "Ønsket jobb", "Motivasjon"),
        required=True,
    ),
    Column(
        key="specialist",
        heading="Jobbspesialist",
        help="Navnet eller e-postadressen til en jobbspesialist i tjenesten.",
        read=read_name,
        also=("IPS-jobbspesialist", "Ansvarlig", "Saksbehandler"),
    ),
    Column(
        key="assigned_on",
        heading="Jobbspesialist fra",
        help="Datoen jobbspesialisten tok over. Tomt betyr oppstartsdagen, eller i dag når personen venter.",
        read=read_day,
        also=("Tildelt", "Tildelt dato"),
    ),
    Column(
        key="started_on",
        heading="Oppstart",
        help="Datoen for oppstartsmøtet. Tomt når personen venter.",
        read=read_day,
        also=("Oppstartsdato", "Startdato", "Startet", "Start", "Oppstartsmøte", "Dato oppstart", "Start IPS"),
    ),
    Column(
        key="in_work_at_start",
        heading="I jobb ved oppstart",
        help="Ja eller nei. Trengs når det er en oppstart.",
        read=read_yes,
        also=("Jobb ved oppstart", "I arbeid ved oppstart"),
        words=("ja", "nei"),
    ),
    Column(
        key="ended_on",
        heading="Avsluttet",
        help="Dagen personen ikke lenger var med. Tomt når personen er med.",
        read=read_day,
        also=("Avsluttet dato", "Sluttdato", "Sluttet", "Slutt", "Utskrevet", "Avslutningsdato"),
    ),
    Column(
        key="end_reason",
        heading="Avslutningsgrunn",
        help="Ett av ordene. Trengs når personen er avsluttet.",
        read=read_word(REASONS, REASONS_ALSO),
        also=("Grunn", "Årsak", "Sluttårsak", "Sluttgrunn", "Årsak til avslutning", "Grunn til avslutning"),
        words=labels(REASONS),
    ),
)
