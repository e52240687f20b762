"""How long what is kept: ``policies/retention.yaml`` in words."""

from fotfeste_web.papers.marks import table
from fotfeste_web.rows.kept import Rule, backup_days, closed, rules_by_table


def steps(_: str = "") -> str:
    """Give what happens to a closed record, and how long backups hold on to it."""
    times = closed()
    return table(
        ["når", "hva"],
        [
            [f"{times.lock} dager etter at siste periode eller henvisning er slutt", "låses: det leses, ingen skriver"],
            [f"{times.export} dager", "skrives ut til eierens arkiv"],
            [f"{times.erase} dager", "slettes: rad, historikk, linjer i loggene, deltakerens konto"],
            [f"{backup_days()} dager etter det", "borte også fra siste sikkerhetskopi"],
        ],
    )


def rules(_: str = "") -> str:
    """Give the rule of every table."""
    return table(
        ["hva", "tabell", "hvor lenge", "kan fjernes alene av to personer"],
        (
            [rule.label, f"`{rule.table}`", how_long(rule), "ja" if rule.removable else ""]
            for rule in rules_by_table().values()
        ),
    )


def how_long(rule: Rule) -> str:
    own = f"{rule.days} {'dag' if rule.days == 1 else 'dager'} etter `{rule.since}`" if rule.days is not None else ""
    if rule.with_participant:
        return f"til deltakeren slettes, eller {own}" if own else "til deltakeren slettes"
    return own or rule.reason
