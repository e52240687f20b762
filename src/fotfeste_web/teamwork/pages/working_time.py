"""Arbeidstid og fravær: own, and for the one who leads everybody's."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from fotfeste_web.accounts.models import User
from fotfeste_web.organisations.models import Membership, Service
from fotfeste_web.teamwork.at_work import FULL_WEEK
from fotfeste_web.teamwork.models import Absence, OtherWork, TeamMember, WeeklyHours
from fotfeste_web.ui.formats import MONTHS, number

REMEMBERED = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Away:
    id: int
    first: date
    last: date
    cover: str
    open: bool  # can still be ended


@dataclass(frozen=True, slots=True)
class Place:
    """In a treatment team, now or to come."""

    id: int
    team: str
    since: date


@dataclass(frozen=True, slots=True)
class Worker:
    name: str
    post_share: int
    hours: str
    away: list[Away]
    other_work: list[str]
    teams: list[Place]


@dataclass(frozen=True, slots=True)
class WorkingTimePage:
    workers: list[Worker]

    @classmethod
    def of(cls, service: Service, people: Sequence[User], today: date) -> "WorkingTimePage":
        ids = [user.pk for user in people]
        posts: dict[int, int] = defaultdict(int)
        for user, share in (
            Membership.objects.live(today).filter(service=service, user__in=ids).values_list("user_id", "post_share")
        ):
            posts[user] = min(100, posts[user] + share)
        live = Q(ends_on=None) | Q(ends_on__gt=today)
        hours = dict(
            WeeklyHours.objects.filter(live, specialist__in=ids, starts_on__lte=today).values_list(
                "specialist_id", "hours"
            )
        )
        away: dict[int, list[Away]] = defaultdict(list)
        absences = Absence.objects.filter(specialist__in=ids, service=service, ends_on__gt=today - REMEMBERED)
        for one in absences.select_related("cover__covering").order_by("-starts_on"):
            if one.starts_on < one.ends_on:
                cover = one.cover.covering.name if one.cover else ""
                away[one.specialist_id].append(
                    Away(one.pk, one.starts_on, one.ends_on - timedelta(days=1), cover, one.ends_on > today)
                )
        stated: dict[int, list[str]] = defaultdict(list)
        since = today - REMEMBERED
        for one in OtherWork.objects.filter(specialist__in=ids, service=service, month__gte=since).order_by("-month"):
            stated[one.specialist_id].append(f"{MONTHS[one.month.month - 1].capitalize()}: {one.percent} %")
        teams: dict[int, list[Place]] = defaultdict(list)
        members = TeamMember.objects.filter(live, specialist__in=ids, service=service)
        for one in members.select_related("team").order_by("starts_on", "pk"):
            teams[one.specialist_id].append(Place(one.pk, one.team.name, one.starts_on))
        return cls(
            [
                Worker(
                    user.name,
                    posts[user.pk],
                    number(hours.get(user.pk, FULL_WEEK * posts[user.pk] / 100), 1),
                    away[user.pk],
                    stated[user.pk],
                    teams[user.pk],
                )
                for user in people
            ]
        )
