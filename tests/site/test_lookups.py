"""The leader's monthly check of look-ups: what stands out by stated rules, without a participant's name, and signed."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.caseload.models import Period
from fotfeste_web.caseload.pages.looks import case_number
from fotfeste_web.rows.scope import seen_by
from fotfeste_web.sharing.lookups import LONG_ENDED_DAYS, MANY_IN_A_DAY, OFTEN_OPENED, RULES, LookupsPage
from fotfeste_web.sharing.models import LookupCheck, Opening
from tests.database import as_owner
from tests.site.world import participant

TODAY = date(2026, 11, 20)
OCTOBER = date(2026, 10, 1)
WORKDAY = datetime(2026, 10, 14, 11, 0)  # a Wednesday


def look(user, person, at=WORKDAY, ground="own") -> None:
    with as_owner():
        ReadEvent.objects.create(
            user=user,
            service_id=person.service_id,
            participant_id=person.pk,
            page="participant",
            ground=ground,
            at=timezone.make_aware(at),
        )


def odd(world) -> dict[str, tuple]:
    with seen_by(world.leader, world.today):
        page = LookupsPage.of(world.bodo, OCTOBER, TODAY)
    names = {sentence: rule for rule, sentence in RULES.items()}
    return {names[one.rule]: (one.who, one.times, one.cases) for one in page.odd}


@pytest.mark.parametrize(
    ("at", "stands_out"),
    [
        (datetime(2026, 10, 14, 6, 0), False),
        (datetime(2026, 10, 14, 19, 59), False),
        (datetime(2026, 10, 14, 20, 0), True),
        (datetime(2026, 10, 14, 5, 59), True),
        (datetime(2026, 10, 17, 12, 0), True),  # a Saturday
        (datetime(2026, 11, 14, 12, 0), False),  # a Saturday of another month
        (datetime(2026, 10, 31, 23, 30), True),  # still October on the clocks here
    ],
)
def test_a_look_outside_working_hours_stands_out(world, at, stands_out):
    look(world.specialist, world.vakker, at)
    assert ("outside_hours" in odd(world)) is stands_out


def test_the_persons_own_look_never_stands_out(world):
    look(world.participant, world.vakker, datetime(2026, 10, 17, 23, 0), ground="self")
    assert odd(world) == {}


@pytest.mark.parametrize(("days", "stands_out"), [(LONG_ENDED_DAYS - 1, False), (LONG_ENDED_DAYS, True)])
def test_a_look_at_one_who_ended_long_ago_stands_out(world, days, stands_out):
    with as_owner():
        Period.objects.filter(participant=world.vakker).update(
            starts_on=date(2026, 1, 5), ends_on=WORKDAY.date() - timedelta(days=days), end_reason="moved"
        )
    look(world.specialist, world.vakker)
    assert ("long_ended" in odd(world)) is stands_out


def test_colleagues_participants_opened_often_stand_out_with_case_numbers(world):
    def open_times(times):
        with as_owner():
            for _ in range(times):
                Opening.objects.create(
                    participant=world.vakker,
                    service=world.bodo,
                    user=world.colleague,
                    reason="supervision",
                    opened_at=timezone.make_aware(WORKDAY),
                    ends_at=timezone.make_aware(WORKDAY),
                )

    open_times(OFTEN_OPENED - 1)
    assert odd(world) == {}
    open_times(1)
    assert odd(world) == {"opened_often": ("Ola Berg", f"{OFTEN_OPENED} ganger", (case_number(world.vakker.pk),))}


def test_many_participants_in_a_day_stand_out(world):
    with as_owner():
        people = [
            participant("Person", f"Nummer{number}", world.bodo, world.specialist, date(2026, 9, 1))
            for number in range(MANY_IN_A_DAY)
        ]
    for person in people[:-1]:
        look(world.supervisor, person, ground="team")
    assert odd(world) == {}
    look(world.supervisor, people[-1], ground="team")
    assert odd(world)["many_in_a_day"][:2] == ("Marit Dahl", f"{MANY_IN_A_DAY} ganger")


def test_nobody_but_the_services_own_leader_is_answered(world):
    look(world.specialist, world.vakker, datetime(2026, 10, 17, 12, 0))
    for who in ("outside_leader", "supervisor", "specialist", "reviewer", "administrator"):
        with seen_by(world.people[who], world.today), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM odd_lookups(%s, %s, 1, 1, 1)", [world.bodo.pk, OCTOBER])
            assert [row[2] for row in cursor.fetchall()] == [0, 0], who


def test_the_page_names_no_participant_and_is_signed_once(world, sign_in):
    month = (timezone.localdate().replace(day=1) - timedelta(days=1)).replace(day=1)
    night = datetime.combine(month, datetime.min.time()) + timedelta(days=3, hours=2)
    look(world.specialist, world.vakker, night)
    client = sign_in(world.leader)
    html = client.get(reverse("lookup_check")).content.decode()
    assert case_number(world.vakker.pk) in html
    assert "Vakker" not in html
    assert str(world.vakker.pk) not in html
    values = {"comment": "Spurt: hjemmevakt."}
    assert client.post(reverse("lookup_check"), values).status_code == 302
    with as_owner():
        check = LookupCheck.objects.get()
        assert WriteEvent.objects.get(action="sharing.lookups_checked").details["stood_out"] == 1
    assert (check.month, check.stood_out, check.signed_by) == (month, 1, world.leader)
    answer = client.post(reverse("lookup_check"), values)
    assert answer.status_code == 422
    assert "signert allerede" in answer.content.decode()


def test_a_month_that_is_not_over_is_not_there_to_sign(world, sign_in):
    address = f"{reverse('lookup_check')}?maned={timezone.localdate():%Y-%m}"
    assert sign_in(world.leader).post(address, {"comment": "Alt i orden"}).status_code == 404


def test_the_database_keeps_one_signature_a_month(world):
    with seen_by(world.leader, world.today):
        LookupCheck.objects.create(service=world.bodo, month=OCTOBER, stood_out=0, signed_by=world.leader)
        with pytest.raises(IntegrityError), transaction.atomic():
            LookupCheck.objects.create(service=world.bodo, month=OCTOBER, stood_out=0, signed_by=world.leader)


def test_the_case_number_on_the_page_is_that_of_the_database(world, sign_in):
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_number(%s)", [world.vakker.pk])
        number = cursor.fetchone()[0]
    assert number in sign_in(world.specialist).get(reverse("looks", args=[world.vakker.pk])).content.decode()
