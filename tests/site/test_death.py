"""A death closes every due item and reminder of every room at once: nobody is to be asked about the dead."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import fotfeste_web
from fotfeste_web.caseload.actions.phases import end_period
from fotfeste_web.caseload.actions.referrals import conclude
from fotfeste_web.caseload.models import Assignment, NextStep, Participant, Pause, Referral, Term
from fotfeste_web.followup.models import BenefitsAdvice, Note, OutreachAttempt
from fotfeste_web.plans.models import SearchPlan, SupportPlan
from fotfeste_web.rows.scope import seen_by
from fotfeste_web.ui.due import DueItem
from tests.database import as_owner
from tests.site.test_today import due, met, started, working

# About an employer, a job specialist, a service; and what two people agree to remove, which goes on.
OF_NOBODY = {
    *("organisation_number", "supervise", "group_supervision", "team_meeting", "other_work", "improvement"),
    "removal",
}


def rules_in_the_source() -> set[str]:
    """The rule of every line that any app can make, as it stands in the source."""

    def named(node: ast.AST) -> Iterator[str]:
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value

    found: set[str] = set()
    for file in Path(fotfeste_web.__file__).parent.glob("*/due.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Call):
                continue
            if isinstance(node.func, ast.Attribute) and node.func.attr == "item":
                found |= set(named(node.args[0]))
            if isinstance(node.func, ast.Name) and node.func.id == "DueItem":
                found |= {
                    name
                    for keyword in node.keywords
                    if keyword.arg == "rule" and not isinstance(keyword.value, ast.Name)
                    for name in named(keyword.value)
                }
    return found - OF_NOBODY


def everything_due(world) -> list[Participant]:
    """People about whom, together, every rule says something: a search, a job, a pause and a wait do not go at once."""
    day = timedelta(days=1)
    today = world.today
    searching, working_one, paused = started(world, 40), started(world, 120, "Lun"), started(world, 60, "Rolig")
    working(world, searching, 0, begun=False)
    met(world, searching, 10, status="participant_absent")
    met(world, searching, 0, status="planned", kind="employer", employer=world.employer)
    met(world, searching, 1, status="planned", kind="nav")
    job = working(world, working_one, 100)
    soon = working(world, working_one, -3, begun=False)
    with as_owner():
        Term.objects.filter(job=job).update(ends_on=today - 10 * day)
        Term.objects.create(job=job, starts_on=today - 10 * day, hours_per_week=30, form="permanent")
        BenefitsAdvice.objects.create(
            participant=searching, on=today - 100 * day, adviser="Marte", trained=True, occasion="other", next_on=today
        )
        OutreachAttempt.objects.create(
            participant=searching, on=today - 20 * day, made_by="team", how="home", reached=False,
            next_step="Prøve igjen", next_on=today,
        )  # fmt: skip
        NextStep.objects.create(participant=searching, text="Ringe", due_on=today)
        SearchPlan.objects.create(participant=searching, review_on=today)
        SupportPlan.objects.create(participant=working_one, review_on=today)
        Note.objects.create(
            participant=searching, author=world.supervisor, on=today, text="Utkast", started_on=today - 8 * day
        )
        Pause.objects.create(participant=paused, starts_on=today - 30 * day, follow_up_on=today, reason="Hvile")
        waiting = Participant.objects.create(service=world.bodo, first_name="Sen", last_name="Vår")
        Referral.objects.create(
            participant=waiting, service=world.bodo, received_on=today - 9 * day, source="nav", wish="Jobb",
            short_name="Sen V.",
        )  # fmt: skip
    assert soon.pk
    return [searching, working_one, paused, waiting]


def lines(world) -> list[DueItem]:
    return [item for user in (world.specialist, world.supervisor) for item in due(world, user)]


def test_a_death_leaves_nothing_to_do(world):
    people = everything_due(world)
    before = {item.rule for item in lines(world)}
    # The name of a rule may be put together: then its end stands in the source.
    assert {name for name in rules_in_the_source() if not any(rule.endswith(name) for rule in before)} == set()
    *begun, waiting = people
    with seen_by(world.supervisor, world.today):
        for person in begun:
            period = person.periods.get()
            end_period(period, version=1, ends_on=world.today, end_reason="died", end_note="", by=world.supervisor)
        conclude(waiting.referrals.get(), outcome="died", reason="", on=world.today, note="", by=world.supervisor)
    ids, names = {person.pk for person in people}, [person.first_name for person in people]
    left = [item for item in lines(world) if item.participant_id in ids or item.rule in ("meeting", "no_result")]
    assert left == []
    assert not any(name in f"{item.title} {item.reason}" for item in lines(world) for name in names)
    with as_owner():
        assert not Assignment.objects.filter(participant__in=people, ends_on=None).exists()


def test_a_meeting_that_is_for_others_too_is_still_theirs(world):
    person = started(world, 40)
    met(world, person, 0, status="planned", kind="employer", employer=world.employer)
    with as_owner():
        shared = person.contacts.get().contact
        shared.for_participants.create(participant=world.vakker)
    with seen_by(world.supervisor, world.today):
        end_period(
            person.periods.get(), version=1, ends_on=world.today, end_reason="died", end_note="", by=world.supervisor
        )
    item = next(item for item in due(world, world.specialist) if item.rule == "meeting")
    assert "Vakker" in item.reason
    assert person.first_name not in item.reason
