"""What the work of the team asks of a person now: one line a job specialist for the supervisor, and few besides."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.figures_of_contacts import IS_VISIT
from fotfeste_web.caseload.models import Contact, Purpose
from fotfeste_web.organisations.models import Membership, Service, TreatmentTeam
from fotfeste_web.rows.scope import Scope
from fotfeste_web.rows.together import Lists, together
from fotfeste_web.sharing.models import Cover
from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.due import DueItem, Urgency
from fotfeste_web.ui.formats import MONTHS

from .forms.working_time import last_month
from .models import Absence, OtherWork, Supervision, SupervisionKind, TeamMeeting, WeekReview
from .weeks import WEEK, in_words, monday_of, slug_of

# The method's own words: IPS-25 items 7 (weekly group), 8 c and d (each team quarterly, field mentoring monthly), 17.
FIELD_MENTORING_EVERY = timedelta(days=30)
NEW_FOR = timedelta(days=182)
STRUGGLING_BELOW = 2  # employer contacts a week
OVER_WEEKS = 4
TEAM_MEETING_EVERY = timedelta(days=91)
COVER_BEFORE = timedelta(days=14)
IS_EMPLOYER_CONTACT = IS_VISIT & Q(employer__isnull=False) & ~Q(purpose__in=("", Purpose.JOB_SUPPORT))


def due_items(user: User, scope: Scope, today: date) -> Iterator[DueItem]:
    led = [service for service, role in scope.roles if service is not None and "supervise" in role.may]
    if led:
        yield from _of_specialists(user, led, today)
        yield from _of_services(user, led, today)
    own = [service for service, role in scope.roles if service is not None and role.id == "jobbspesialist"]
    if own:
        yield from _other_work(user, own, today)


def supervised(user: User, services: list[int], today: date) -> QuerySet[Any]:
    """Select the job specialists of some services with what the supervisor owes each: one query, however many."""
    monday = monday_of(today)
    last_week, since = monday - WEEK, monday - OVER_WEEKS * WEEK
    of_theirs = {"specialist": OuterRef("user"), "service": OuterRef("service")}
    away = Absence.objects.filter(**of_theirs)
    covers = Cover.objects.filter(  # given with the absence, or by itself
        absent=OuterRef("specialist"),
        service=OuterRef("service"),
        starts_on__lt=OuterRef("ends_on"),
        ends_on__gte=OuterRef("starts_on"),
    ).filter(ends_on__gte=today)
    contacts = (
        Contact.objects.filter(IS_EMPLOYER_CONTACT, on__gte=since, on__lt=monday, **of_theirs)
        .order_by()
        .values("specialist")
    )
    in_field = Supervision.objects.filter(kind=SupervisionKind.FIELD, **of_theirs).order_by().values("specialist")

    def number(rows: Any) -> Coalesce:
        return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)

    return (
        Membership.objects.live(today)
        .filter(service__in=services, role="jobbspesialist")
        .exclude(user=user)
        .select_related("user")
        .annotate(
            reviewed=Exists(WeekReview.objects.filter(monday=last_week, **of_theirs)),
            # Away from before the week began until it was over: there is nothing to go through.
            away_last_week=Exists(away.filter(starts_on__lte=last_week, ends_on__gte=last_week + timedelta(days=5))),
            away_lately=Exists(away.filter(starts_on__lt=monday, ends_on__gt=since)),
            without_cover=Subquery(
                away.filter(~Exists(covers), ends_on__gt=today, starts_on__lte=today + COVER_BEFORE)
                .order_by("starts_on")
                .values("starts_on")[:1]
            ),
            lately=number(contacts),
            last_week=number(contacts.filter(on__gte=last_week)),
            field_on=Subquery(in_field.annotate(last=Max("on")).values("last")),
        )
        .order_by("user__name")
    )


def week_is_due(member: Any, today: date) -> bool:
    """Tell whether last week is to be stamped: the person was here, not away, and nobody has stamped it."""
    return not member.reviewed and not member.away_last_week and member.starts_on < monday_of(today)


def why_field_mentoring(member: Any, today: date) -> str:
    """Say why field mentoring is due: monthly for who is new, and for who finds it hard. Empty when it is not."""
    if today < (member.field_on or member.starts_on) + FIELD_MENTORING_EVERY:
        return ""
    if today < member.starts_on + NEW_FOR:
        return "ny i jobben"
    if member.lately < STRUGGLING_BELOW * OVER_WEEKS and not member.away_lately:
        return f"under {STRUGGLING_BELOW} arbeidsgivermøter i uka"
    return ""


def _of_specialists(user: User, led: list[int], today: date) -> Iterator[DueItem]:
    monday = monday_of(today)
    for member in supervised(user, led, today):
        asked: list[tuple[Urgency, date, str, str, str, str]] = []
        if member.without_cover:
            begun = member.without_cover <= today
            said = "Borte nå, og ingen vikarierer" if begun else "Snart borte, og ingen vikarierer"
            urgency = Urgency.OVERDUE if begun else Urgency.SOON
            href = f"{address('cover_add')}?tjeneste={member.service_id}"
            asked.append((urgency, member.without_cover, "Mangler vikar", said, "Ny vikar", href))
        if week_is_due(member, today):
            said = f"{in_words(monday - WEEK).capitalize()} er ikke stemplet"
            href = address("week_review", member.pk, slug_of(monday - WEEK))
            asked.append((Urgency.TODAY, monday, "Ukens gjennomgang", said, "Gå gjennom", href))
        if why := why_field_mentoring(member, today):
            since = max(member.starts_on, member.field_on or member.starts_on) + FIELD_MENTORING_EVERY
            href = f"{address('supervision_add')}?tjeneste={member.service_id}&type=field&med={member.user_id}"
            said = f"Feltveiledning hver måned: {why}"
            asked.append((Urgency.SOON, max(since, member.starts_on), "Feltveiledning", said, "Logg", href))
        if asked:
            (urgency, due_on, tag, _, action, href), *_ = sorted(asked)
            yield DueItem(
                rule="supervise",
                urgency=urgency,
                due_on=due_on,
                title=member.user.name,
                tag=tag,
                reason=" · ".join(said for *_, said, _, _ in sorted(asked)),
                action=action,
                href=href,
                postponable=False,
            )


def services_supervised(user: User, services: list[int], today: date) -> QuerySet[Any]:
    """Select services with what their groups and treatment teams lack: one query."""
    held = TeamMeeting.objects.filter(
        team=OuterRef("pk"), on__gt=today - TEAM_MEETING_EVERY, on__lte=today, present__contains=[user.pk]
    )
    missed = TreatmentTeam.objects.filter(~Exists(held), service=OuterRef("pk"), closed_on=None).order_by("name")
    here = Membership.objects.live(today).filter(service=OuterRef("pk"))
    groups = Supervision.objects.filter(service=OuterRef("pk"), kind=SupervisionKind.GROUP, on__gte=monday_of(today))
    return Service.objects.filter(pk__in=services).annotate(
        group_held=Exists(groups),
        # A service that begins has nobody to gather yet, and nobody who could have been to a quarter's meetings.
        has_group=Exists(here.filter(role="jobbspesialist", starts_on__lt=monday_of(today))),
        led_for_long=Exists(here.filter(user=user, starts_on__lte=today - TEAM_MEETING_EVERY)),
        missed=ArraySubquery(missed.values("name")),
    )


def _of_services(user: User, led: list[int], today: date) -> Iterator[DueItem]:
    several = len(led) > 1
    for service in services_supervised(user, led, today):
        where = f", {service.name}" if several else ""
        if service.has_group and not service.group_held:
            friday = monday_of(today) + timedelta(days=4)
            yield DueItem(
                rule="group_supervision",
                urgency=Urgency.TODAY if today >= friday else Urgency.SOON,
                due_on=friday,
                title=f"Gruppeveiledning{where}",
                tag="Denne uka",
                reason="Hver uke, om deltakerne. Ikke ført denne uka",
                action="Logg",
                href=f"{address('supervision_add')}?tjeneste={service.pk}&type=group",
                postponable=False,
            )
        if service.missed and service.led_for_long:
            yield DueItem(
                rule="team_meeting",
                urgency=Urgency.TIDY,
                due_on=today,
                title=f"Teammøter{where}",
                tag="Hvert kvartal",
                reason=f"Du har ikke vært med i møtet til {_listed(service.missed)} på tre måneder",
                action="Nytt teammøte",
                href=f"{address('team_meeting_add')}?tjeneste={service.pk}",
                postponable=False,
            )


def _other_work(user: User, own: list[int], today: date) -> Iterator[DueItem]:
    month = last_month(today)
    (missing,) = _not_stated(user.pk, own, today, today.replace(day=1), month)
    for service_id in missing[:1]:
        yield DueItem(
            rule="other_work",
            urgency=Urgency.TIDY,
            due_on=today.replace(day=1),
            title="Tid til annet arbeid",
            tag=MONTHS[month.month - 1].capitalize(),
            reason="Hvor mye av måneden gikk til annet enn IPS?",
            action="Si det",
            href=f"{address('working_time')}?tjeneste={service_id}",
            postponable=False,
        )


@together
def _not_stated(user: Any, own: Any, today: Any, this_month: Any, month: Any) -> Lists:
    stated = OtherWork.objects.filter(specialist=user, service=OuterRef("service"), month=month)
    held = Membership.objects.live(today).filter(user=user, service__among=own, role="jobbspesialist")
    missing = held.filter(starts_on__lt=this_month).exclude(Exists(stated))
    return (missing.values_list("service_id", flat=True),)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}"
