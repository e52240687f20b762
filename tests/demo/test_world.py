import itertools
from collections import Counter
from dataclasses import fields
from datetime import date, timedelta
from importlib.resources import files

import pytest
import yaml

from fotfeste.norway.identity import parse_identity
from fotfeste.norway.organisation import parse_organisation_number
from fotfeste_web.demo.story import tell
from fotfeste_web.demo.story.days import holidays, is_workday

ALLOWED = {
    "kind": {"start_up", "participant", "employer", "nav", "treatment_team", "other"},
    "status": {"planned", "held", "participant_absent", "cancelled"},
    "channel": {"in_person", "phone", "digital"},
    "place": {"own_office", "treatment_team", "nav", "employer", "home", "cafe", "school", "other"},
    "by": {"specialist", "participant", "both"},
    "purpose": {None, "get_to_know", "learn_needs", "propose_person", "follow_up_application", "job_support"},
}


def periods(world):
    return [period for participant in world.participants for period in participant.periods]


def test_the_same_seed_and_day_tell_the_same_story(world):
    again = tell(world.seed, world.today)

    for part in fields(world):
        assert getattr(again, part.name) == getattr(world, part.name), part.name


def test_another_seed_tells_another_story(world):
    assert tell(world.seed + 1, world.today).participants != world.participants


def test_there_are_three_services_with_a_weak_one_and_about_200_participants(world):
    assert len(world.services) == 3
    assert sum(service.weak for service in world.services) == 1
    assert 190 <= len(world.participants) <= 230
    assert 110 <= len(world.employers) <= 150


def test_there_is_a_person_for_every_role_of_the_policies(world):
    policies = yaml.safe_load(files("fotfeste_web").joinpath("policies", "roles.yaml").read_text("utf-8"))

    assert {person.role for person in world.people} == set(policies)


def test_about_one_in_three_has_an_identity_number_and_all_numbers_are_synthetic(world):
    numbers = [p.identity_number for p in world.participants if p.identity_number]

    assert 0.25 <= len(numbers) / len(world.participants) <= 0.42
    assert all(parse_identity(number).synthetic for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_organisation_numbers_are_synthetic_and_some_are_still_missing(world):
    numbers = [e.organisation_number for e in world.employers if e.organisation_number]

    assert all(parse_organisation_number(number).synthetic for number in numbers)
    assert len(set(numbers)) == len(numbers) < len(world.employers)


def test_keys_are_unique_and_references_lead_somewhere(world):
    people = {p.key for p in world.people}
    employers = {e.key for e in world.employers}
    participants = {p.key for p in world.participants}
    rounds = {r.key for r in world.rounds}
    for records in (world.people, world.employers, world.participants, world.rounds, world.contacts):
        assert len({record.key for record in records}) == len(records)
    for contact in world.contacts:
        assert contact.specialist in people
        assert set(contact.participants) <= participants
        assert len(set(contact.participants)) == len(contact.participants)
        assert set(contact.colleagues) <= people
        assert contact.employer is None or contact.employer in employers
        assert contact.round is None or contact.round in rounds
    for period in periods(world):
        assert {a.specialist for a in period.assignments} <= people
        assert {j.employer for j in period.jobs} <= employers
        assert period.referral.nav_adviser in people


def test_contacts_hold_only_the_values_that_the_site_stores(world):
    for field, allowed in ALLOWED.items():
        assert {getattr(contact, field) for contact in world.contacts} <= allowed
    for contact in world.contacts:
        assert (contact.purpose is not None) == (contact.kind == "employer") or contact.status == "cancelled"
        assert not contact.decision_maker or (contact.kind == "employer" and contact.status == "held")


def test_every_reason_and_outcome_that_a_referral_can_have_is_there_to_be_seen(world):
    referrals = [period.referral for period in periods(world)]

    assert {r.outcome for r in referrals} == {
        None, "started", "withdrawn", "wish_changed", "moved", "died", "not_offered",
    }  # fmt: skip
    assert {r.not_offered_reason for r in referrals} == {
        None, "full", "outside_catchment", "not_in_treatment", "judged_not_ready", "other",
    }  # fmt: skip
    assert {r.source for r in referrals} == {"person", "therapist", "family", "gp", "municipality", "nav"}


def test_stories_of_every_kind_are_told(world):
    told = periods(world)
    jobs = [job for period in told for job in period.jobs]

    assert any(len(period.assignments) > 1 for period in told)
    assert any(len(participant.periods) > 1 for participant in world.participants)
    assert any(period.pauses and period.pauses[-1].ends_on is None for period in told)
    assert any(period.step_down and not period.closing for period in told)
    assert any(period.studies for period in told)
    assert any(period.referral.consent for period in told)
    assert any(job.starts_on > world.today for job in jobs)
    assert any(job.ends_on for job in jobs)
    assert any(len(job.terms) > 1 for job in jobs)
    assert any(term.support for job in jobs for term in job.terms)
    assert any(len(contact.participants) > 1 for contact in world.contacts)
    assert any(contact.by == "participant" for contact in world.contacts)
    assert max(Counter(c.round for c in world.contacts if c.round).values()) > 1


def test_nothing_happens_before_the_referral_and_all_ends_come_after_starts(world):
    for period in periods(world):
        referral = period.referral
        assert referral.decided_on is None or referral.referred_on <= referral.decided_on <= world.today
        assert (period.started_on is not None) == (referral.outcome == "started")
        if period.started_on is None:
            continue
        end = period.closing.closed_on if period.closing else world.today + timedelta(1)
        assert referral.referred_on <= period.started_on < end
        for dated in (*period.assignments, *period.jobs, *period.studies, *period.pauses):
            assert period.started_on <= dated.starts_on
            assert dated.ends_on is None or dated.starts_on < dated.ends_on
        noted = [p.mapped_on for p in period.profiles] + [o.agreed_on for o in period.openness]
        noted += [step.agreed_on for step in period.next_steps] + [job.agreed_on for job in period.jobs]
        assert all(period.started_on <= day <= end for day in noted)


def test_assignments_and_terms_follow_each_other_without_overlap(world):
    for period in periods(world):
        for parts in (period.assignments, *(job.terms for job in period.jobs)):
            for before, after in itertools.pairwise(parts):
                assert before.ends_on == after.starts_on
        for job in period.jobs:
            assert (job.terms[0].starts_on, job.terms[-1].ends_on) == (job.starts_on, job.ends_on)
            assert job.agreed_on <= min(job.starts_on, world.today)
            assert (job.ends_on is None) == (job.ended_by is None)
        if period.assignments and period.closing:
            assert period.assignments[-1].ends_on == period.closing.closed_on
    for participant in world.participants:
        for before, after in zip(participant.periods, participant.periods[1:], strict=False):
            assert before.closing.closed_on <= after.referral.referred_on


def test_contacts_lie_within_a_period_and_with_the_specialist_assigned_then(world):
    of = {participant.key: participant.periods for participant in world.participants}
    for contact in world.contacts:
        for key in contact.participants:
            period = next(p for p in reversed(of[key]) if p.started_on and p.started_on <= contact.on)
            assert period.closing is None or contact.on <= period.closing.closed_on
            assigned = [a for a in period.assignments if a.ends_on is None or contact.on <= a.ends_on]
            if key == contact.participants[0]:
                assert contact.specialist in {a.specialist for a in assigned if a.starts_on <= contact.on}


def test_people_meet_on_working_days_and_never_twice_at_once(world):
    busy = {}
    for contact in world.contacts:
        assert contact.on == world.today or is_workday(contact.on)
        assert contact.status == "planned" or contact.on < world.today
        minutes = contact.starts_at.hour * 60 + contact.starts_at.minute
        busy.setdefault((contact.specialist, contact.on), []).append((minutes, minutes + contact.minutes))
    for meetings in busy.values():
        meetings.sort()
        assert all(first[1] <= second[0] for first, second in itertools.pairwise(meetings))


def test_nobody_works_during_an_absence(world):
    away = {
        (a.person, a.starts_on + timedelta(n)) for a in world.absences for n in range((a.ends_on - a.starts_on).days)
    }

    assert [c for c in world.contacts if (c.specialist, c.on) in away] == []


@pytest.mark.parametrize(
    "day",
    # Lov om 1 og 17 mai, helligdagsfreden, and the official calendars of 2024 and 2026.
    [
        date(2024, 3, 28),  # skjærtorsdag
        date(2024, 4, 1),  # annen påskedag
        date(2024, 5, 9),  # Kristi himmelfartsdag
        date(2024, 5, 20),  # annen pinsedag
        date(2026, 4, 3),  # langfredag
        date(2026, 5, 14),  # Kristi himmelfartsdag
        date(2026, 5, 25),  # annen pinsedag
        date(2026, 5, 17),
    ],
)
def test_public_holidays_are_no_working_days(day):
    assert day in holidays(day.year)
