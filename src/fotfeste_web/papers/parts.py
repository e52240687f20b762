"""Every made part by its name in the papers."""

from fotfeste_web.papers import access, jobs, kept, lists, processing

PARTS = {
    "behandlinger": processing.record,
    "tillatelser": access.permissions,
    "roller": access.powers,
    "radregler": access.row_rules,
    "avsluttet": kept.steps,
    "oppbevaring": kept.rules,
    "faste-oppgaver": jobs.periodic,
    "asvs-antall": lists.counts,
}
