"""The parts of the career profile, in the order in which they are talked about."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    key: str  # in the address
    title: str
    fields: tuple[str, ...]
    why: str = ""
    needed: bool = True  # for the profile to be complete


SECTIONS = {
    section.key: section
    for section in (
        Section("maal", "Mål og oppgaver", ("main_goal", "wished_tasks", "wished_career")),
        Section(
            "erfaring",
            "Arbeidserfaring",
            ("experience",),
            "Hvordan jobbene kom, hva som var best, hva som var vanskelig, og hvordan de tok slutt. "
            "Hver jobb for seg står i lista under.",
        ),
        Section("utdanning", "Utdanning og bevis", ("education", "licences")),
        Section(
            "styrker",
            "Styrker og interesser",
            ("strengths", "qualities", "interests"),
            "Det personen kan, er og liker, er det en arbeidsgiver ansetter.",
        ),
        Section("hverdag", "Hverdagen", ("daily_rhythm", "social", "surroundings")),
        Section("nettverk", "Nettverk", ("network",)),
        Section("reise", "Sted og reise", ("mobility", "geography")),
        Section("okonomi", "Økonomi", ("economy",)),
        Section(
            "tegn",
            "Tidlige tegn, og hva da",
            ("early_signs", "early_signs_then"),
            "Med personens egne ord: det som sier at noe er i ferd med å bli for mye, og hva som hjelper da.",
        ),
        Section(
            "kilder",
            "Hvem har bidratt",
            ("former_employers", "informants"),
            "Flere kilder gir et bedre bilde. Spør personen først, og skriv bare det som gjelder jobb.",
            needed=False,
        ),
        Section("annet", "Annet", ("other",), needed=False),
    )
}
FIELDS = tuple(name for section in SECTIONS.values() for name in section.fields)
