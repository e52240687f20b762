"""What the pages say in the same words in several places."""

EVIDENCE = {
    "ADM": "Tall fra tjenesten",
    "DOK": "Dokument",
    "INT": "Intervju",
    "OBS": "Observasjon",
    "PLAN": "Personens plan",
}
WITHOUT_NAMES = "Skriv uten navn: det blir stående etter at vurderingen er signert."
ERASED = (
    "Slettes her to uker etter at vurderingen er signert, historikken med, og senest åtte uker etter siste dag. "
    "Sikkerhetskopier har det til de selv er slettet: tjenestens driftsansvarlige bestemmer hvor lenge det er."
)
