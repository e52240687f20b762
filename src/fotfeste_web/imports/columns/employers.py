"""Employers: the work place, and whom one calls there."""

from .cells import read_municipality, read_organisation, read_phone, read_text
from .column import Column

EMPLOYER_NAMES = ("Bedrift", "Arbeidssted", "Virksomhet", "Firma", "Arbeidsplass", "Bedriftsnavn", "Arbeidsgivers navn")
NUMBER_NAMES = ("Orgnr", "Org.nr", "Organisasjonsnr", "Org nummer", "Orgnummer", "Underenhet")

COLUMNS = (
    Column(
        key="name",
        heading="Arbeidsgiver",
        help="Navnet på arbeidsstedet.",
        read=read_text(160),
        also=("Navn", *EMPLOYER_NAMES),
        required=True,
    ),
    Column(
        key="organisation_number",
        heading="Organisasjonsnummer",
        help="9 sifre, for arbeidsstedet (underenheten). Kan komme senere.",
        read=read_organisation,
        also=NUMBER_NAMES,
    ),
    Column(key="trade", heading="Bransje", help="For eksempel dagligvare.", read=read_text(120), also=("Næring",)),
    Column(
        key="municipality",
        heading="Kommune",
        help="Navnet eller nummeret.",
        read=read_municipality,
        also=("Kommunenummer", "Kommunenr"),
    ),
    Column(
        key="address",
        heading="Adresse",
        help="Gateadressen.",
        read=read_text(200),
        also=("Besøksadresse", "Gateadresse"),
    ),
    Column(
        key="contact_name",
        heading="Kontaktperson",
        help="Den en ringer.",
        read=read_text(120),
        also=("Kontakt", "Leder", "Daglig leder"),
    ),
    Column(key="contact_role", heading="Rolle", help="Kontaktpersonens rolle.", read=read_text(80), also=("Stilling",)),
    Column(
        key="contact_phone",
        heading="Telefon",
        help="Ett nummer.",
        read=read_phone,
        also=("Tlf", "Mobil", "Telefonnummer", "Mobilnummer"),
    ),
    Column(
        key="needs",
        heading="Hva de trenger",
        help="Om arbeidsstedet. Ikke noe om en deltaker: alle i tjenesten kan lese det.",
        read=read_text(2000, lines=True),
        also=("Behov", "Merknad", "Notat", "Kommentar"),
    ),
)
