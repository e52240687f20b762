"""Behandlingsteammøte: one record whose time counts once, with a line for each participant, seen with that person."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.caseload.models import NextStep
from fotfeste_web.caseload.pages.participant import ParticipantPage
from fotfeste_web.rows.scope import seen_by
from fotfeste_web.sharing.models import Share
from fotfeste_web.teamwork.models import TeamMeeting, TeamMeetingLine
from fotfeste_web.ui.rooms import rooms
from tests.database import as_owner
from tests.site.world import participant


def begun(world, by=None, **fields) -> TeamMeeting:
    with as_owner():
        by = by or world.specialist
        values = {"on": world.today, "present": [by.pk], "created_by": by} | fields
        return TeamMeeting.objects.create(service=world.bodo, team=world.fact, **values)


def sent(world, meeting, **fields):
    """The form as the page sends it: the meeting, and Vakker's line."""
    vakker = str(world.vakker.pk)
    about = {"text": "", "decision": "", "next_step": "", "due_on": "", "version": 0} | fields.pop("line", {})
    values = {
        "on": world.today,
        "minutes": "",
        "present": [world.specialist.pk],
        "others_present": "",
        "about_people": "on",
        "others_raised": 0,
        "version": meeting.version,
        **{f"{vakker}-{name}": value for name, value in about.items()},
    }
    return values | fields


def test_a_meeting_is_run_and_finished_with_a_line_a_decision_and_a_next_step(world, sign_in):
    client = sign_in(world.specialist)
    answer = client.post(reverse("team_meeting_add"), {"team": world.fact.pk, "on": world.today})
    meeting = TeamMeeting.objects.get()
    assert answer["Location"] == reverse("team_meeting", args=[meeting.pk])
    line = {
        "text": "Vil møte to bakerier.",
        "decision": "Behandler blir med i første møte.",
        "next_step": "Ringe bakeriet",
        "due_on": world.today + timedelta(days=3),
    }
    form = sent(world, meeting, line=line, minutes="50", others_raised=2, others_present="overlege", finish="1")
    assert client.post(answer["Location"], form).status_code == 302
    with as_owner():
        held, said, step = TeamMeeting.objects.get(), TeamMeetingLine.objects.get(), NextStep.objects.get()
        events = set(WriteEvent.objects.filter(user=world.specialist).values_list("action", flat=True))
    assert (held.minutes, held.others_raised, held.finished_at is None) == (50, 2, False)
    assert (said.participant, said.decision, said.next_step) == (world.vakker, line["decision"], step)
    assert {"team_meeting.begun", "team_meeting.saved", "team_meeting.finished"} < events
    assert {"team_meeting.line_saved", "next_step.added"} < events
    page = client.get(answer["Location"]).context["page"]
    assert [line.name for line in page.lines] == ["Vakker Blomst"]


def test_the_agenda_is_what_is_due_for_the_teams_own_participants(world, sign_in):
    started = world.today - timedelta(days=31)  # past 30 days without an employer contact: IPS-25 item 15
    with as_owner():
        late = participant("Glad", "Trost", world.bodo, world.specialist, started, treatment_team=world.fact)
        elsewhere = participant("Lun", "Dag", world.bodo, world.specialist, started)
    page = sign_in(world.specialist).get(reverse("team_meeting", args=[begun(world).pk])).context["page"]
    about = {subject.item.participant: dict(subject.item.reasons) for subject in page.due}
    assert "1 dag over fristen" in about[late]
    assert elsewhere not in about
    assert world.stille not in about  # a colleague's
    with as_owner():
        assert late.pk in ReadEvent.objects.get(page="team_meeting").participants


def test_a_supervisor_sees_that_nobody_has_opened_one_who_was_assigned(world, sign_in):
    page = sign_in(world.supervisor).get(reverse("team_meeting", args=[begun(world).pk])).context["page"]
    reasons = {subject.item.participant: dict(subject.item.reasons) for subject in page.due}
    assert "Ikke åpnet" in reasons[world.vakker]


def test_a_line_is_saved_as_the_meeting_goes_and_the_next_step_waits_for_the_button(world, sign_in):
    meeting, client = begun(world), sign_in(world.specialist)
    address = reverse("team_meeting", args=[meeting.pk])
    line = {"text": "Ny sjef.", "next_step": "Ringe", "due_on": world.today}
    answer = client.post(address, sent(world, meeting, line=line), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "Lagret" in answer.content.decode()
    assert f'name="{world.vakker.pk}-version" value="1"' in answer.content.decode()
    with as_owner():
        assert TeamMeetingLine.objects.get().text == "Ny sjef."
        assert not NextStep.objects.exists()


def test_a_meeting_without_minutes_is_not_finished_and_keeps_what_was_typed(world, sign_in):
    meeting = begun(world)
    form = sent(world, meeting, line={"text": "Ny sjef."}, finish="1")
    answer = sign_in(world.specialist).post(reverse("team_meeting", args=[meeting.pk]), form)
    assert answer.status_code == 422
    assert "Ny sjef." in answer.content.decode()
    with as_owner():
        assert not TeamMeetingLine.objects.exists()
        assert TeamMeeting.objects.get().finished_at is None


def test_two_who_write_of_the_same_person_see_both_texts(world, sign_in):
    meeting = begun(world)
    address = reverse("team_meeting", args=[meeting.pk])
    sign_in(world.supervisor).post(address, sent(world, meeting, line={"text": "Hennes."}))
    answer = sign_in(world.specialist).post(address, sent(world, meeting, line={"text": "Min."}))
    assert answer.status_code == 409
    assert "Hennes." in answer.content.decode()
    with as_owner():
        assert TeamMeetingLine.objects.get().text == "Hennes."


def test_the_button_pressed_while_the_script_saves_is_no_conflict(world, sign_in):
    meeting, client = begun(world), sign_in(world.specialist)
    address = reverse("team_meeting", args=[meeting.pk])
    line = {"text": "Ny sjef.", "next_step": "Ringe", "due_on": world.today}
    form = sent(world, meeting, line=line, minutes="50")
    assert client.post(address, form, headers={"HX-Request": "true"}).status_code == 200
    assert client.post(address, form | {"finish": "1"}).status_code == 302
    with as_owner():
        assert TeamMeeting.objects.get().finished_at is not None
        assert NextStep.objects.get().text == "Ringe"


def test_a_colleague_who_saves_an_old_page_takes_nothing_back(world, sign_in):
    """What the page was opened with comes along: only what this person wrote is saved."""
    meeting = begun(world)
    address, vakker = reverse("team_meeting", args=[meeting.pk]), str(world.vakker.pk)
    old = sent(world, meeting) | {f"initial-{vakker}-text": "", f"initial-{vakker}-decision": ""}
    sign_in(world.supervisor).post(address, sent(world, meeting, line={"text": "Hennes."}))
    assert sign_in(world.specialist).post(address, old).status_code == 302
    with as_owner():
        assert TeamMeetingLine.objects.get().text == "Hennes."


def test_two_who_start_the_same_meeting_sit_in_one(world, sign_in):
    for person in (world.specialist, world.colleague):
        sign_in(person).post(reverse("team_meeting_add"), {"team": world.fact.pk, "on": world.today})
    assert TeamMeeting.objects.count() == 1


def test_a_line_stands_on_the_timeline_and_is_told_to_those_it_is_shared_with(world, sign_in):
    meeting = begun(world, minutes=50)
    with as_owner():
        TeamMeetingLine.objects.create(meeting=meeting, participant=world.vakker, text="Vil bake.", decision="Prøves.")
        Share.objects.create(
            participant=world.vakker,
            shared_with=world.therapist,
            kinds=["basis", "contacts"],
            ground="health_25",
            purpose="Samarbeid",
            starts_on=world.today,
            told_how="I møtet",
            shared_by=world.specialist,
        )
    for person in (world.specialist, world.therapist):
        with seen_by(person, world.today) as scope:
            page = ParticipantPage.of(world.vakker, scope, "1", today=world.today)
            (item,) = [item for item in page.timeline if item.title == "Behandlingsteammøte"]
            assert item.lines == ("Vil bake.", "Bestemt: Prøves.")
    page = sign_in(world.therapist).get(reverse("shared")).content.decode()
    assert "Vil bake. Bestemt: Prøves." in page
    with seen_by(world.specialist, world.today):
        told = [p.text for room in rooms() for p in room.passages(world.vakker, ["contacts"], world.today, world.today)]
        assert any("Vil bake. Bestemt: Prøves." in text for text in told)
    with as_owner():
        Share.objects.update(kinds=["basis", "plan"])
    assert "Vil bake." not in sign_in(world.therapist).get(reverse("shared")).content.decode()
    with seen_by(world.colleague, world.today):
        assert TeamMeeting.objects.count() == 1
        assert not TeamMeetingLine.objects.exists()
    with seen_by(world.adviser, world.today):
        assert not TeamMeeting.objects.exists()


def test_the_database_refuses_a_finished_meeting_that_lies_ahead_or_has_no_minutes(world):
    meeting = begun(world, on=world.today + timedelta(days=1))
    for values in ({"minutes": 50}, {"on": world.today}):
        with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
            TeamMeeting.objects.filter(pk=meeting.pk).update(finished_at=timezone.now(), **values)


def test_the_screen_asks_as_many_queries_for_many_as_for_few(world, sign_in, django_assert_max_num_queries):
    meeting, client = begun(world), sign_in(world.specialist)
    started = world.today - timedelta(days=40)
    with as_owner():
        for number in range(12):
            participant(f"P{number}", "Trost", world.bodo, world.specialist, started, treatment_team=world.fact)
    address = reverse("team_meeting", args=[meeting.pk])
    client.get(address)
    with django_assert_max_num_queries(45):  # with those of the session and the scope, and every room's rules
        assert client.get(address).status_code == 200
