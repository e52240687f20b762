"""The report of a drill, to be kept: what was tried, how it went, and how long it took."""

from datetime import datetime
from zoneinfo import ZoneInfo

from fotfeste_web.backup.drill import Drill

OSLO = ZoneInfo("Europe/Oslo")


def report(drill: Drill) -> str:
    lines = [
        "Prøve av sikkerhetskopi",
        "=======================",
        "",
        f"Resultat:       {'ikke bestått' if drill.fault else 'bestått'}",
        f"Fil:            {drill.file.name}",
        f"Prøvd:          {_when(drill.began_at)}",
        f"Tid i alt:      {_seconds(sum(took for _, took in drill.steps))}",
    ]
    if manifest := drill.manifest:
        lines += [
            f"Kopien tatt:    {_when(datetime.fromisoformat(manifest.made_at))}",
            f"Med:            Fotfeste {manifest.made_by}, PostgreSQL {manifest.postgresql}",
            f"Innhold:        {'oppdiktede personer (demo)' if manifest.demo else 'en tjeneste'}",
        ]
    if drill.fault:
        lines += ["", f"Feil: {drill.fault}"]
    lines += ["", "Steg", *(f"  {what:<45}{_seconds(took):>10}" for what, took in drill.steps)]
    if manifest and drill.rows:
        lines += ["", f"  {'Tabell':<45}{'i kopien':>10}{'lest inn':>10}"]
        lines += [
            f"  {table:<45}{kept:>10}{drill.rows.get(table, 0):>10}" for table, kept in sorted(manifest.rows.items())
        ]
        lines.append(f"  {'I alt':<45}{sum(manifest.rows.values()):>10}{sum(drill.rows.values()):>10}")
    return "\n".join([*lines, "", "Alt som ble lest inn under prøven, er slettet igjen.", ""])


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(OSLO):%d.%m.%Y kl. %H.%M}"


def _seconds(took: float) -> str:
    return f"{took:.1f} s".replace(".", ",")
