"""The good services look like those of the trials; the weak one has the known faults."""

from collections import defaultdict
from datetime import timedelta
from statistics import mean, median

import pytest

from fotfeste_web.demo.story import World

MONTHS_18 = timedelta(548)
# In competitive employment at 18 months: Reme et al. 2019, SJWEH 45:33-41, IPS arm. Theirs is a point in time
# in registers, ours is ever within 18 months, so ours may lie a little above. 0.08 is one standard error of a
# share among the 35 to 40 people who have had their 18 months.
IN_WORK_AT_18_MONTHS = 0.374
TOLERANCE = 0.08


def services(world: World, *, weak: bool) -> set[str]:
    return {s.key for s in world.services if s.weak == weak}


def share_in_ordinary_work(world: World, keys: set[str]) -> float:
    """Of those who started at least 18 months ago, who had ordinary work within 18 months of start."""
    firsts = [p.periods[0] for p in world.participants if p.service in keys and p.periods[0].started_on]
    cohort = [period for period in firsts if period.started_on + MONTHS_18 <= world.today]
    assert len(cohort) >= 10
    return mean(had_ordinary_work(period) for period in cohort)


def had_ordinary_work(period) -> bool:
    return any(
        term.ordinary_rate
        and term.open_to_anyone
        and not {"wage_subsidy", "set_aside", "work_practice"} & set(term.support)
        and term.starts_on <= period.started_on + MONTHS_18
        for job in period.jobs
        for term in job.terms
    )


def days_to_first_employer_contact(world: World, keys: set[str]) -> list[int]:
    met = defaultdict(list)
    for contact in world.contacts:
        if contact.kind == "employer" and contact.status == "held" and contact.channel == "in_person":
            for participant in contact.participants:
                met[participant].append(contact.on)
    return [
        (min(met[p.key]) - p.periods[0].started_on).days
        for p in world.participants
        if p.service in keys and p.periods[0].started_on and met[p.key]
    ]


def employer_contacts_a_week(world: World, keys: set[str]) -> list[float]:
    """Of each specialist, in weeks at work; no support in a job, nothing the person did alone."""
    rates = []
    for person in world.people:
        if person.role == "jobbspesialist" and person.services[0] in keys:
            end = person.ends_on or world.today
            away = sum((a.ends_on - a.starts_on).days for a in world.absences if a.person == person.key)
            counting = [c for c in world.contacts if c.specialist == person.key and counts(c)]
            rates.append(len(counting) / (((end - person.starts_on).days - away) / 7))
    return rates


def counts(contact) -> bool:
    met = contact.kind == "employer" and contact.status == "held" and contact.channel == "in_person"
    return met and contact.purpose != "job_support" and contact.by != "participant"


def test_about_four_in_ten_of_the_good_services_get_ordinary_work(world):
    assert share_in_ordinary_work(world, services(world, weak=False)) == pytest.approx(
        IN_WORK_AT_18_MONTHS, abs=TOLERANCE
    )


def test_fewer_of_the_weak_service_get_ordinary_work(world):
    assert share_in_ordinary_work(world, services(world, weak=True)) < IN_WORK_AT_18_MONTHS - 0.12


def test_the_first_employer_contact_comes_within_a_month_in_the_good_services_only(world):
    assert median(days_to_first_employer_contact(world, services(world, weak=False))) == pytest.approx(25, abs=5)
    assert median(days_to_first_employer_contact(world, services(world, weak=True))) == pytest.approx(70, abs=10)


def test_employers_are_met_five_to_six_times_a_week_in_the_good_services_and_twice_in_the_weak(world):
    assert 5 <= mean(employer_contacts_a_week(world, services(world, weak=False))) <= 6
    assert mean(employer_contacts_a_week(world, services(world, weak=True))) == pytest.approx(2, abs=0.6)


def test_only_the_weak_service_has_more_than_twenty_participants_a_post(world):
    """IPS-25 item 1: at most 20 for the best score."""
    for service in world.services:
        posts = sum(
            p.post_share / 100
            for p in world.people
            if p.role == "jobbspesialist" and p.services == (service.key,) and p.ends_on is None
        )
        current = [
            p
            for p in world.participants
            if p.service == service.key and p.periods[-1].assignments and p.periods[-1].closing is None
        ]
        assert (len(current) / posts > 20) == service.weak, (service.key, len(current) / posts)
