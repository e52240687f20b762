"""What users read where the method has ids: reasons, groups, quarters."""

from fotfeste.indicators.definitions import IndicatorDefinition
from fotfeste_web.caseload.models import EndReason, JobEndedBy, NotOfferedReason, ReferralOutcome

WORDS = {
    "in_work_at_start": "i arbeid ved oppstart",
    "paused": "på pause siste dag",
    "closed": "avsluttet i perioden",
    "not_followed_long_enough": "ikke fulgt lenge nok ennå",
    "began_too_recently": "begynte for nylig",
    "hours_unknown": "ukjent arbeidstid",
    "going_on": "pågår",
    "broken_off": "avbrutt",
    "started": "startet",
    "first_job": "første jobb",
    "further_job": "senere eller parallell jobb",
    "from_work": "fra arbeid",
    "unknown": "ikke oppgitt",
}
OF_A_FIGURE = {
    "closures": EndReason,
    "not_offered": NotOfferedReason,
    "job_ends": JobEndedBy,
    "days_referral_to_start": ReferralOutcome,
}
MONTHS = ("transfers_off",)  # whose median is in months, not in days


def reason(figure: str, id: str) -> str:
    known = OF_A_FIGURE.get(figure)
    if known is not None and id in known.values:
        return str(known(id).label).lower()
    return WORDS.get(id, id)


def span_name(id: str) -> str:
    """«2026-3» is 3. kvartal 2026, «2026» is Hele 2026."""
    year, _, quarter = id.partition("-")
    return f"{quarter}. kvartal {year}" if quarter else f"Hele {year}"


def held_in(definition: IndicatorDefinition) -> str:
    """What the denominator does with the three groups that every denominator must account for."""
    named = (("in_work_at_start", definition.in_work_at_start), ("paused", definition.paused))
    said = [f"{WORDS[group]}: {'med' if how == 'in' else 'ikke med'}" for group, how in named]
    return "; ".join([*said, f"avsluttet i perioden: {'med' if definition.closed == 'in' else 'ikke med'}"])
