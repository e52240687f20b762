"""Who is at work: days away with the one who covers, hours, other work; moving participants; the calendar.

The expected minutes are worked out by hand beside each case: a full week is 37.5 hours, five days of 7.5.
"""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.caseload.models import Assignment, Contact, ContactParticipant, NextStep
from fotfeste_web.organisations.models import Membership, TreatmentTeam
from fotfeste_web.rows.scope import seen_by
from fotfeste_web.sharing.models import Cover
from fotfeste_web.teamwork.at_work import AtWork
from fotfeste_web.teamwork.due import due_items
from fotfeste_web.teamwork.forms.working_time import last_month
from fotfeste_web.teamwork.ics import Event, calendar
from fotfeste_web.teamwork.models import Absence, CalendarLink, OtherWork, TeamMember, WeeklyHours
from tests.database import as_owner, leave
from tests.site.world import participant

MONDAY = date(2026, 11, 2)
SUMMER = timezone.get_fixed_timezone(120)  # minutes ahead of UTC


def away(world, first: int, until: int) -> Absence:
    with as_owner():
        return Absence.objects.create(
            service=world.bodo,
            specialist=world.specialist,
            starts_on=world.today + timedelta(days=first),
            ends_on=world.today + timedelta(days=until),
        )


def absence(world, first: int, last: int, **fields):
    return {
        "specialist": world.specialist.pk,
        "starts_on": world.today + timedelta(days=first),
        "last_day": world.today + timedelta(days=last),
        "covering": "",
    } | fields


def test_an_absence_gives_the_cover_sight_for_its_days_in_one_step(world, sign_in):
    form = absence(world, 0, 4, covering=world.colleague.pk)
    assert sign_in(world.specialist).post(reverse("absence_add"), form).status_code == 302
    with as_owner():
        cover, stored = Cover.objects.get(), Absence.objects.get()
        assert (cover.absent, cover.covering) == (world.specialist, world.colleague)
        assert (cover.starts_on, cover.ends_on) == (world.today, world.today + timedelta(days=4))
        assert (stored.cover, stored.ends_on) == (cover, world.today + timedelta(days=5))
        assert WriteEvent.objects.filter(action__in=["absence.added", "sharing.cover_given"]).count() == 2
    with seen_by(world.colleague, world.today) as scope:
        assert scope.ground(world.vakker.pk) == "cover"


@pytest.mark.parametrize(
    ("days", "sentence"),
    [((3, 8), "Det er registrert fravær i den tida"), ((20, 19), "Siste dag kan ikke være før første dag.")],
)
def test_days_away_that_cannot_be_right_are_refused(world, sign_in, days, sentence):
    away(world, 5, 10)
    answer = sign_in(world.specialist).post(reverse("absence_add"), absence(world, *days))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with as_owner():
        assert Absence.objects.count() == 1


def test_the_database_refuses_two_absences_at_once(world):
    away(world, 5, 10)
    dates = {"starts_on": world.today + timedelta(days=9), "ends_on": world.today + timedelta(days=12)}
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(service=world.bodo, specialist=world.specialist, **dates)


def test_nobody_sets_an_absence_for_a_colleague_but_the_one_who_leads(world, sign_in):
    form = absence(world, 0, 4, specialist=world.specialist.pk)
    assert sign_in(world.colleague).post(reverse("absence_add"), form).status_code == 422
    assert sign_in(world.supervisor).post(reverse("absence_add"), form).status_code == 302


def test_coming_back_ends_the_absence_and_the_cover(world, sign_in):
    sign_in(world.specialist).post(reverse("absence_add"), absence(world, -2, 4, covering=world.colleague.pk))
    with as_owner():
        pk = Absence.objects.get().pk
    assert sign_in(world.colleague).post(reverse("absence_end", args=[pk])).status_code == 403
    assert sign_in(world.specialist).post(reverse("absence_end", args=[pk])).status_code == 302
    with as_owner():
        assert Absence.objects.get().ends_on == world.today
        assert Cover.objects.get().ends_on == world.today - timedelta(days=1)


def test_an_absence_without_cover_is_said_until_somebody_covers(world):
    away(world, -1, 5)

    def said() -> str:
        with seen_by(world.supervisor, world.today) as scope:
            lines = {item.title: item.reason for item in due_items(world.supervisor, scope, world.today)}
        return lines.get("Kari Nilsen", "")

    assert "Borte nå, og ingen vikarierer" in said()
    with as_owner():
        Cover.objects.create(
            service=world.bodo, absent=world.specialist, covering=world.colleague, starts_on=world.today,
            ends_on=world.today + timedelta(days=5),
        )  # fmt: skip
    assert "vikarierer" not in said()


def test_days_away_and_agreed_hours_leave_the_scheduled_time(world):
    user, until = world.specialist.pk, MONDAY + timedelta(weeks=2)
    with as_owner():
        Membership.objects.filter(user=user).update(post_share=80)
        Absence.objects.create(
            service=world.bodo, specialist_id=user, starts_on=MONDAY, ends_on=MONDAY + timedelta(days=7)
        )
    with seen_by(world.supervisor, world.today):
        time = AtWork.of([user], MONDAY, until)
        assert time.minutes(user) == 0.8 * 37.5 * 60  # one week of two
        assert [time.has_worked(user, MONDAY + timedelta(weeks=week)) for week in (0, 1)] == [False, True]
    with as_owner():
        WeeklyHours.objects.create(
            service=world.bodo, specialist_id=user, hours=20, starts_on=MONDAY + timedelta(days=10)
        )
    with seen_by(world.supervisor, world.today):
        # Monday to Wednesday at 30 hours a week, Thursday and Friday at 20: 18 + 8 hours.
        assert AtWork.of([user], MONDAY, until).minutes(user) == 26 * 60


def test_new_hours_end_those_until_then_and_an_earlier_day_than_the_next_is_refused(world, sign_in):
    def sent(hours: str, days: int):
        form = {"what": "hours", "hours-specialist": world.specialist.pk, "hours-hours": hours}
        return sign_in(world.supervisor).post(
            reverse("working_time"), form | {"hours-starts_on": world.today + timedelta(days=days)}
        )

    assert [sent("30", -30).status_code, sent("20,5", 0).status_code] == [302, 302]
    with as_owner():
        first, second = WeeklyHours.objects.order_by("starts_on")
        assert (first.ends_on, second.hours, second.ends_on) == (world.today, 20.5, None)
    assert sent("10", -3).status_code == 422


def test_other_work_is_asked_for_monthly_and_stated_by_oneself(world, sign_in):
    def asked() -> set[str]:
        with seen_by(world.specialist, world.today) as scope:
            return {item.rule for item in due_items(world.specialist, scope, world.today)}

    assert "other_work" in asked()
    form = {"what": "other", "other-month": last_month(world.today).isoformat(), "other-percent": "10"}
    assert sign_in(world.specialist).post(reverse("working_time"), form).status_code == 302
    assert sign_in(world.specialist).post(reverse("working_time"), form | {"other-percent": "101"}).status_code == 422
    assert "other_work" not in asked()
    with as_owner():
        assert OtherWork.objects.get().percent == 10
    with seen_by(world.supervisor, world.today):
        assert OtherWork.objects.update(percent=0) == 0  # it is the job specialist's own word


def test_participants_are_moved_to_several_at_once_each_with_its_event(world, sign_in):
    with as_owner():
        glad = participant("Glad", "Trost", world.bodo, world.specialist, world.today - timedelta(days=60))
        lun = participant("Lun", "Dag", world.bodo, world.specialist, world.today - timedelta(days=60))
        Membership.objects.create(
            user=world.supervisor, service=world.bodo, role="jobbspesialist", starts_on=world.today
        )
    address = f"{reverse('move_participants')}?fra={world.specialist.pk}"
    form = {
        "on": world.today,
        "everybody": world.colleague.pk,
        f"to_{glad.pk}": world.supervisor.pk,
        f"to_{lun.pk}": "stays",
    }
    assert sign_in(world.supervisor).post(address, form).status_code == 302
    with as_owner():
        now = dict(Assignment.objects.filter(ends_on=None).values_list("participant", "specialist"))
        assert now[world.vakker.pk] == world.colleague.pk
        assert (now[glad.pk], now[lun.pk]) == (world.supervisor.pk, world.specialist.pk)
        assert WriteEvent.objects.filter(action="participant.assigned").count() == 2


def test_all_are_moved_or_none(world, sign_in):
    """One has another job specialist from a later day: no two at a time."""
    with as_owner():
        glad = participant("Glad", "Trost", world.bodo, world.specialist, world.today - timedelta(days=60))
        tomorrow = world.today + timedelta(days=1)
        Assignment.objects.filter(participant=glad).update(ends_on=tomorrow)
        Assignment.objects.create(participant=glad, specialist=world.supervisor, starts_on=tomorrow)
    address = f"{reverse('move_participants')}?fra={world.specialist.pk}"
    answer = sign_in(world.supervisor).post(address, {"on": world.today, "everybody": world.colleague.pk})
    assert answer.status_code == 422
    assert "Glad T. har en annen jobbspesialist fra" in answer.content.decode()
    with as_owner():
        assert not Assignment.objects.filter(specialist=world.colleague, participant=world.vakker).exists()


def test_one_who_leads_and_manages_is_led_to_moving_when_somebody_leaves(world, sign_in):
    with as_owner():
        address = reverse("membership_end", args=[Membership.objects.get(user=world.specialist).pk])
    move = f"fra={world.specialist.pk}"
    assert move not in sign_in(world.administrator).get(address).content.decode()
    with as_owner():
        Membership.objects.create(
            user=world.administrator, service=world.bodo, role="metodeveileder", starts_on=world.today
        )
    assert move in sign_in(world.administrator).get(address).content.decode()


def lines_of(text: str) -> list[str]:
    """Unfold as RFC 5545, 3.1 says: a line break followed by a space joins."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_a_calendar_is_written_as_rfc_5545_says():
    long = "Ærlig; talt, " * 20 + "bakstrek \\ og\nlinje"
    events = [
        Event(uid="a", title=long, begins=datetime(2026, 7, 1, 10, 30, tzinfo=SUMMER), minutes=45),
        Event(uid="b", title="Frist", begins=date(2026, 12, 31)),
    ]
    lines = lines_of(calendar(events, name="Fotfeste", now=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)))
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "VERSION:2.0" in lines  # 3.7.4
    # 3.3.11: backslash, semicolon, comma and line break are escaped; 3.3.5: Z is UTC; 3.8.2.2: DTEND is not included.
    assert "SUMMARY:" + "Ærlig\\; talt\\, " * 20 + "bakstrek \\\\ og\\nlinje" in lines
    assert {"DTSTART:20260701T083000Z", "DTEND:20260701T091500Z", "DTSTAMP:20260102T030405Z"} < set(lines)
    assert {"DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101"} < set(lines)
    for name in ("UID", "DTSTAMP", "BEGIN:VEVENT", "END:VEVENT"):
        assert sum(line.startswith(name) for line in lines) == 2


def feed(client) -> str:
    page = client.post(reverse("calendar"), {"what": "make"}).content.decode()
    return re.search(r"/kalender/[^<]+\.ics", page)[0]


def test_the_calendar_has_the_meetings_and_dates_and_no_name(world, sign_in, client):
    with as_owner():
        meeting = Contact.objects.create(
            service=world.bodo, specialist=world.specialist, kind="employer", employer=world.employer,
            on=world.today + timedelta(days=1), starts_at="10:00", minutes=45, place="employer", met="Ine Bakke",
        )  # fmt: skip
        ContactParticipant.objects.create(contact=meeting, participant=world.vakker, note="Gruer seg.")
        NextStep.objects.create(participant=world.vakker, text="Ringe bakeriet", due_on=world.today)
    address = feed(sign_in(world.specialist))
    leave()
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = lines_of(answer.content.decode())
    assert sorted(line for line in lines if line.startswith("SUMMARY")) == [
        "SUMMARY:Frist",
        "SUMMARY:Møte med arbeidsgiver",
    ]
    for word in ("Vakker", "Blomst", "Mørkved", "Bakke", "Ringe", "LOCATION", "DESCRIPTION", str(world.vakker.pk)):
        assert word not in answer.content.decode()


def test_an_address_that_is_unknown_replaced_or_withdrawn_is_not_found(world, sign_in, client):
    def status(address: str) -> int:
        leave()
        return client.get(address).status_code

    own = sign_in(world.specialist)
    first = feed(own)
    second = feed(own)
    assert [status(address) for address in (first, second, "/kalender/x.ics")] == [404, 200, 404]
    with as_owner():
        assert first.encode() not in bytes(CalendarLink.objects.get().link_hash)
    own.post(reverse("calendar"), {"what": "withdraw"})
    assert status(second) == 404


def test_the_calendar_of_one_who_has_left_is_not_found(world, sign_in, client):
    address = feed(sign_in(world.specialist))
    with as_owner():
        Membership.objects.filter(user=world.specialist).update(ends_on=world.today - timedelta(days=1))
    leave()
    assert client.get(address).status_code == 404


def test_the_calendar_is_asked_for_so_many_times_a_minute(world, client):
    cache.clear()
    leave()
    assert [client.get("/kalender/x.ics").status_code for _ in range(61)][-2:] == [404, 429]


class TestTeams:
    """A job specialist belongs to one or two treatment teams (IPS-25 item 4)."""

    def join(self, sign_in, user, world, **change):
        day = world.today - timedelta(days=30)
        form = {"team-specialist": world.specialist.pk, "team-team": world.fact.pk, "team-starts_on": day}
        return sign_in(user).post(reverse("working_time"), {"what": "team"} | form | change)

    @pytest.mark.parametrize("who", ["specialist", "supervisor"])
    def test_a_place_in_a_team_is_said_by_oneself_or_the_one_who_leads(self, world, sign_in, who):
        assert self.join(sign_in, world.people[who], world).status_code == 302
        with as_owner():
            assert TeamMember.objects.get().specialist_id == world.specialist.pk
            assert WriteEvent.objects.filter(action="team_member.joined").count() == 1
        assert "Medlem av FACT" in sign_in(world.specialist).get(reverse("working_time")).content.decode()

    def test_nobody_says_it_of_a_colleague_or_of_a_team_elsewhere(self, world, sign_in):
        assert self.join(sign_in, world.colleague, world).status_code == 422
        with as_owner():
            elsewhere = TreatmentTeam.objects.create(service=world.drammen, name="FACT Sør")
        assert self.join(sign_in, world.specialist, world, **{"team-team": elsewhere.pk}).status_code == 422
        with as_owner():
            assert not TeamMember.objects.exists()

    def test_the_same_place_is_held_once_at_a_time_and_again_after_it_was_left(self, world, sign_in):
        self.join(sign_in, world.specialist, world)
        twice = self.join(sign_in, world.specialist, world)
        assert twice.status_code == 422
        assert "medlem av teamet i den tida fra før" in twice.content.decode()
        with as_owner():
            held = TeamMember.objects.get()
        leave()
        assert sign_in(world.specialist).post(reverse("team_member_end", args=[held.pk])).status_code == 302
        assert self.join(sign_in, world.specialist, world, **{"team-starts_on": world.today}).status_code == 302

    def test_the_database_refuses_two_places_in_one_team_and_lets_two_teams_be(self, world):
        with as_owner():
            about = {"service": world.bodo, "specialist": world.specialist, "starts_on": world.today}
            TeamMember.objects.create(team=world.fact, **about)
            TeamMember.objects.create(team=TreatmentTeam.objects.create(service=world.bodo, name="FACT Nord"), **about)
            with pytest.raises(IntegrityError), transaction.atomic():
                TeamMember.objects.create(team=world.fact, **about)
