"""Oppsøking: what was agreed for when the person does not come, and every attempt to reach them."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote
from uuid import UUID

from fotfeste.indicators import outreach as method
from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Participant
from fotfeste_web.followup.models import MadeBy, NoShowPlan, OutreachAttempt
from fotfeste_web.ui.formats import count, day

PLAN = ("phone", "who", "how", "after_days", "agreed_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptLine:
    id: int
    when: str
    title: str
    who: str
    reached: bool
    family: bool
    note: str
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutreachPage:
    id: UUID
    name: str
    may_write: bool
    phone: str
    phone_href: str
    plan: tuple[tuple[str, str], ...]  # label and text; empty: nothing is agreed
    attempts: tuple[AttemptLine, ...]
    summary: str

    @classmethod
    def of(cls, participant: Participant, *, may_write: bool, today: date) -> "OutreachPage":
        plan = NoShowPlan.objects.filter(participant=participant).first()
        rows = list(OutreachAttempt.objects.filter(participant=participant).order_by("-on", "-pk"))
        names = dict(User.objects.filter(pk__in={row.logged_by_id for row in rows}).values_list("pk", "name"))
        phone = (plan.phone if plan else "") or participant.phone
        return cls(
            id=participant.pk,
            name=participant.short_name,
            may_write=may_write,
            phone=phone,
            phone_href=f"tel:{quote(phone.replace(' ', ''), safe='+')}" if phone else "",
            plan=_plan(plan, today),
            attempts=tuple(_line(row, names, today) for row in rows),
            summary=in_words(method.outreach([attempt_record(row) for row in rows])),
        )


def attempt_record(row: OutreachAttempt) -> method.Attempt:
    return method.Attempt(
        person=str(row.participant_id),
        on=row.on,
        by=method.By(row.made_by),
        how=method.How(row.how),
        reached=row.reached,
        family=row.family_contacted,
    )


def outreach_of_service(service_id: int, *, since: date, until: date) -> method.Outreach:
    """Give what was tried in a service in a time ``[since, until)``, for IPS-25 item 25."""
    rows = OutreachAttempt.objects.filter(participant__service=service_id, on__gte=since, on__lt=until)
    return method.outreach([attempt_record(row) for row in rows])


def in_words(found: method.Outreach) -> str:
    """«4 forsøk, fikk kontakt 1 gang, besøk hjemme eller ute 2 ganger»."""
    if not found.attempts:
        return ""
    times = {
        "fikk kontakt": found.reached,
        "besøk hjemme eller ute": found.visits,
        "behandlingsteamet var med": found.by_team,
        "felles besøk": found.joint_visits,
        "snakket med familie eller nettverk": found.family,
    }
    said = [f"{what} {count(number, 'gang', 'ganger')}" for what, number in times.items() if number]
    return ", ".join([f"{found.attempts} forsøk", *said])


def _plan(plan: NoShowPlan | None, today: date) -> tuple[tuple[str, str], ...]:
    if plan is None:
        return ()
    after = f"etter {count(plan.after_days, 'dag', 'dager')}" if plan.after_days else "samme dag"
    lines = (
        ("Telefon", plan.phone),
        ("Hvem kan kontaktes", plan.who),
        ("Hvordan", plan.how),
        ("Når kan andre kontaktes", after[:1].upper() + after[1:]),
        ("Avtalt", f"{day(plan.agreed_on, today)}, utgave {plan.version}"),
    )
    return tuple((label, text) for label, text in lines if text)


def who_tried(row: OutreachAttempt, names: dict[int, str]) -> str:
    name = names.get(row.logged_by_id or 0, "Jobbspesialist")
    alone = {MadeBy.SPECIALIST: name, MadeBy.TEAM: "Behandlingsteamet"}
    return alone.get(MadeBy(row.made_by), f"{name} og behandlingsteamet")


def _line(row: OutreachAttempt, names: dict[int, str], today: date) -> AttemptLine:
    return AttemptLine(
        id=row.pk,
        when=day(row.on, today),
        title=row.get_how_display(),
        who=who_tried(row, names),
        reached=row.reached,
        family=row.family_contacted,
        note=row.note,
        next_step=f"{row.next_step}, {day(row.next_on, today)}" if row.next_on else "",
    )
