"""What the pages say in the same words in several places."""

from fotfeste_web.rows.kept import backup_days, rules_by_table
from fotfeste_web.ui.formats import count

EVIDENCE = {
    "ADM": "Tall fra tjenesten",
    "DOK": "Dokument",
    "INT": "Intervju",
    "OBS": "Observasjon",
    "PLAN": "Personens plan",
}
WITHOUT_NAMES = "Skriv uten navn: det blir stående etter at vurderingen er signert."
ERASED = (
    f"Slettes her {count(rules_by_table()['fidelity_personnote'].days or 0, 'dag', 'dager')} etter at vurderingen er "
    "signert, historikken med, og senest åtte uker etter siste dag. "
    f"Sikkerhetskopier har det i {count(backup_days(), 'dag', 'dager')} til."
)
