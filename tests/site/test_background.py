"""Work that takes long: whole or not at all, once, with the scope of the one who asked, and seen by nobody else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import OperationalError, connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.periodic import PeriodicDeferrer

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.background import kinds
from fotfeste_web.background.actions import ask
from fotfeste_web.background.doing import NOT_ALLOWED, OUR_FAULT, do
from fotfeste_web.background.kinds import CannotDo, Outcome, work_kind
from fotfeste_web.background.models import State, Work
from fotfeste_web.caseload.models import Employer, Participant
from fotfeste_web.organisations.models import Membership
from fotfeste_web.rows.roles import Permission
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner, leave


@pytest.fixture(autouse=True)
def kinds_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", {})

    @work_kind("employers", name="Nye arbeidsgivere", permission=Permission.EMPLOYERS)
    def employers(about: dict[str, Any], *, by: User, **_: Any) -> Outcome:
        for number in range(about["many"]):
            Employer.objects.create(service_id=about["service"], name=f"Kafé {number}", created_by=by)
        if about.get("then") == "stop":
            raise CannotDo("Rad 7 mangler navn.")
        if about.get("then") == "break":
            raise ZeroDivisionError
        if about.get("then") == "database":
            raise OperationalError
        return Outcome(sentence="3 er lagt inn.", file=b"navn;by", file_name="nye.csv", media_type="text/csv")

    @work_kind("count", name="Deltakere", permission=Permission.PARTICIPANTS_LIST)
    def count(about: dict[str, Any], **_: Any) -> Outcome:
        return Outcome(sentence=str(Participant.objects.count()))


def asked(world: Any, user: User, kind: str = "employers", **about: Any) -> Work:
    with seen_by(user, world.today):
        return ask(kind, about={"service": world.bodo.pk, "many": 3} | about, by=user)


def now(work: Work) -> Work:
    leave()
    with as_owner():
        return Work.objects.get(pk=work.pk)


def cafes() -> int:
    with as_owner():
        return Employer.objects.filter(name__startswith="Kafé ").count()


def test_asking_stores_the_work_a_job_and_an_event_and_does_nothing_yet(world):
    work = asked(world, world.specialist)
    with as_owner():
        job = ProcrastinateJob.objects.get(task_name="fotfeste_web.background.tasks.do_work")
        assert job.args == {"work_id": str(work.pk), "user_id": world.specialist.pk}
        assert WriteEvent.objects.get(subject_id=str(work.pk)).action == "background.asked"
    assert cafes() == 0


def test_done_twice_it_is_done_once(world):
    work = asked(world, world.specialist)
    do(work.pk, world.specialist.pk)
    do(work.pk, world.specialist.pk)
    assert (now(work).state, now(work).sentence, cafes()) == (State.DONE, "3 er lagt inn.", 3)


@pytest.mark.parametrize(
    ("then", "sentence"),
    [("stop", "Rad 7 mangler navn."), ("break", OUR_FAULT)],
    ids=["it cannot be done", "a fault of ours"],
)
def test_what_stops_half_way_leaves_nothing_but_a_sentence(world, then, sentence):
    work = asked(world, world.specialist, then=then)
    if then == "break":
        with pytest.raises(ZeroDivisionError):  # for the operator's log
            do(work.pk, world.specialist.pk)
    else:
        do(work.pk, world.specialist.pk)
    assert (now(work).state, now(work).sentence, cafes()) == (State.FAILED, sentence, 0)


def test_the_page_of_what_failed_leads_back_to_where_it_was_asked_for(world, sign_in):
    with seen_by(world.specialist, world.today):
        about = {"service": world.bodo.pk, "many": 3, "then": "stop"}
        work = ask("employers", about=about, by=world.specialist, back="/datauttak/")
    do(work.pk, world.specialist.pk)
    page = sign_in(world.specialist).get(f"/arbeid/{work.pk}/").content.decode()
    assert '<a class="ds-button" href="/datauttak/">Tilbake</a>' in page


def test_when_the_database_goes_away_the_work_still_waits_to_be_done(world):
    work = asked(world, world.specialist, then="database")
    with pytest.raises(OperationalError):
        do(work.pk, world.specialist.pk)
    assert (now(work).ended, cafes()) == (False, 0)


def test_it_sees_what_the_one_who_asked_sees_and_no_more(world):
    work = asked(world, world.specialist, "count")
    do(work.pk, world.specialist.pk)
    with seen_by(world.specialist, world.today):
        seen = Participant.objects.count()
    assert now(work).sentence == str(seen)
    with as_owner():
        assert 0 < seen < Participant.objects.count()


def test_one_whose_role_has_ended_gets_nothing_done(world):
    work = asked(world, world.specialist)
    with as_owner():
        Membership.objects.filter(user=world.specialist).update(ends_on=world.today - timedelta(days=1))
    do(work.pk, world.specialist.pk)
    assert (now(work).state, now(work).sentence, cafes()) == (State.FAILED, NOT_ALLOWED, 0)


def test_the_file_lies_encrypted_and_is_fetched_with_an_event_until_it_is_thrown_away(world, sign_in):
    work = asked(world, world.specialist)
    do(work.pk, world.specialist.pk)
    assert b"navn" not in bytes(now(work).file)
    browser = sign_in(world.specialist)
    assert browser.get(reverse("work_file", args=[work.pk])).content == b"navn;by"
    with as_owner():
        assert WriteEvent.objects.filter(subject_id=str(work.pk), action="background.file_fetched").count() == 1
    assert browser.post(reverse("work_throw_away", args=[work.pk])).status_code == 302
    assert now(work).file is None
    assert browser.get(reverse("work_file", args=[work.pk])).status_code == 404


def test_the_page_tells_how_far_it_has_come_and_asks_again_by_itself_until_it_is_done(world, sign_in):
    work, browser = asked(world, world.specialist), sign_in(world.specialist)
    with as_owner():
        Work.objects.filter(pk=work.pk).update(state=State.DOING, done=40, total=200)
    waiting = browser.get(reverse("work", args=[work.pk])).content.decode()
    assert "40 av 200" in waiting
    assert "every 2s" in waiting
    do(work.pk, world.specialist.pk)
    done = browser.get(reverse("work", args=[work.pk])).content.decode()
    assert "3 er lagt inn." in done
    assert "every 2s" not in done


def test_the_list_reads_no_files_and_asks_as_much_of_one_as_of_many(world, sign_in):
    browser, counts = sign_in(world.specialist), []
    browser.get(reverse("works"))  # the first page of a session asks more
    for more in (1, 9):
        for _ in range(more):
            do(asked(world, world.specialist).pk, world.specialist.pk)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(reverse("works")).status_code == 200
        counts.append(len(queries))
        assert not any('"background_work"."file",' in query["sql"] for query in queries)
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_how_far_it_has_come_is_seen_by_others_before_it_is_done():
    """Seen on a connection of its own, while nothing of the work itself is."""
    with as_owner():
        user = User.objects.create(email="leder@example.test", name="Liv", password=make_password(None))
        Membership.objects.create(user=user, role="administrator", starts_on=timezone.localdate())
    seen: list[tuple[str, int, int]] = []

    @work_kind("slow", name="Tregt", permission=Permission.PEOPLE)
    def slow(about: dict[str, Any], *, progress: Any, **_: Any) -> Outcome:
        progress(7, 9)
        progress(9, 9)
        other = connections.create_connection("default")
        with other.cursor() as cursor:
            cursor.execute("SELECT set_config('fotfeste.user', %s, false)", [str(user.pk)])
            cursor.execute("SELECT state, done, total FROM background_work")
            seen.extend(cursor.fetchall())
        other.close()
        return Outcome(sentence="Ferdig.")

    with seen_by(user, timezone.localdate()):
        work = ask("slow", about={}, by=user)
    do(work.pk, user.pk)
    assert seen == [("doing", 9, 9)]
    assert now(work).state == State.DONE


def test_what_was_to_be_done_while_the_machine_was_off_is_done_when_it_is_on():
    at_eight = datetime(2026, 11, 23, 8, tzinfo=UTC).timestamp()
    deferrer = PeriodicDeferrer(registry=app.periodic_registry, **app.periodic_defaults)
    asked = {each.task.name.rpartition(".")[2] for each, _ in deferrer.get_previous_tasks(at=at_eight)}
    assert {"figures_of_the_night", "retention_of_the_night"} <= asked
