from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.method.fidelity_records import (
    BUILT,
    DAY,
    FOUR_WEEKS,
    LONG_AGO,
    START,
    TEN_WEEKS,
    WEEK,
    assigned,
    contact,
    item_17,
    job,
    met,
    participant,
    specialist,
)

from fotfeste.fidelity import (
    Figure,
    NoSuggestions,
    Options,
    PeriodWithoutDays,
    SeveralServices,
    UnknownRule,
    load_scale,
    scale,
    suggest,
)
from fotfeste.fidelity.suggestions import marks
from fotfeste.fidelity.suggestions.words import figure_words, words
from fotfeste.indicators.advice import Advice
from fotfeste.indicators.outreach import Attempt, How
from fotfeste.indicators.outreach import By as AttemptBy
from fotfeste.indicators.records import (
    Absence,
    Application,
    Channel,
    Employer,
    EndedBy,
    Giver,
    JobEnd,
    Kind,
    Milestone,
    MilestoneKind,
    NotOffered,
    OpennessTalk,
    OtherWork,
    Pause,
    Place,
    Post,
    ProfileSession,
    Records,
    Referral,
    ReferralOutcome,
    Round,
    Source,
    Specialist,
    StepDown,
    Supervision,
    SupervisionKind,
    SupervisorPost,
    SupportMeasure,
    TeamMeeting,
    TeamMembership,
    WeeklyHours,
    Wish,
)
from fotfeste.indicators.working_time import days_worked, hours_contracted, posts_worked, whole_weeks, working_days
from fotfeste.periods import Period, add_months

IPS = scale("ips-25")


def told(records, item, period=TEN_WEEKS, **options):
    return suggest(records, IPS, period, options=Options(**options))[item]


def figures(records, item, period=TEN_WEEKS, **options):
    """Each figure by its id and what it is about: its number, or its numerator and denominator."""
    return {
        f"{figure.id} {figure.about}".strip(): float(figure.number)
        if figure.denominator is None and figure.number is not None
        else None
        if figure.number is None
        else (float(figure.numerator), float(figure.denominator))
        for figure in told(records, item, period, **options).figures
    }


# ---- the whole


def test_every_item_has_its_place_and_nothing_is_suggested_from_no_records():
    result = suggest(Records(), IPS, TEN_WEEKS)
    assert [one.item for one in result.items] == [item.id for item in IPS.items]
    assert {(one.rating, one.choices, one.number) for one in result.items} == {(None, (), None)}
    assert (result.scale, result.scale_version, result.service) == ("ips-25", IPS.version, None)


def test_an_item_that_is_judgement_alone_gets_nothing():
    judged = tuple(replace(item, computable="C") if item.id == "1" else item for item in IPS.items)
    records = Records(specialists=(specialist("s0"),))
    assert suggest(records, IPS, TEN_WEEKS)["1"].rating == 5
    nothing = suggest(records, replace(IPS, items=judged), TEN_WEEKS)["1"]
    assert (nothing.rating, nothing.number, nothing.figures) == (None, None, ())


def test_the_thresholds_are_those_of_the_scale_that_is_given():
    anchors = tuple(replace(one, most=one.most and one.most - 10, least=one.least and one.least - 10)
                    for one in IPS.item_by_id["1"].anchors)  # fmt: skip
    strict = replace(IPS, items=(replace(IPS.items[0], anchors=anchors), *IPS.items[1:]))
    people = [f"p{n}" for n in range(11)]
    records = Records(specialists=(specialist("s0"),), assignments=tuple(assigned(one, "s0") for one in people))
    assert [suggest(records, one, TEN_WEEKS)["1"].rating for one in (IPS, strict)] == [5, 4]
    assert suggest(records, strict, TEN_WEEKS)["1"].anchor.least == 11


def with_rule(item, rule, number):
    """The scale with another number in one of its rules."""
    rules = tuple(replace(one, number=number) if one.id == rule else one for one in IPS.item_by_id[item].rules)
    return replace(IPS, items=tuple(replace(one, rules=rules) if one.id == item else one for one in IPS.items))


@pytest.mark.parametrize(
    ("item", "case", "rule", "number", "before", "after"),
    [
        ("4", {"specialists": "A B C | A:5 B:4 C:1"}, "most_teams", 3, 2, 5),
        ("17", {"specialists": "40/1/0/2/weekly"}, "few_seekers", 2, 5, 3),
        ("17", {"specialists": "40/1/0/2/weekly"}, "contacts_for_each_seeker", 3, 5, 3),
        ("21", {"ordinary": "9", "others": "", "ended": "0"}, "few_current_jobs", 9, None, 5),
        (
            "23",
            dict.fromkeys(
                ("met", "first_month_only", "young", "declined", "ended_early", "in_work_at_start", "older"), "0"
            )
            | {"lapsed": "1"},
            "months_met",
            3,
            None,
            3,
        ),
    ],
)
def test_the_numbers_of_the_rules_are_those_of_the_scale_too(item, case, rule, number, before, after):
    records, period = BUILT[item](case)
    ratings = [suggest(records, one, period)[item].rating for one in (IPS, with_rule(item, rule, number))]
    assert ratings == [before, after]


def test_a_scale_without_a_rule_that_is_needed_is_refused():
    bare = replace(IPS, items=tuple(replace(one, rules=()) for one in IPS.items))
    with pytest.raises(UnknownRule) as missing:
        suggest(Records(), bare, TEN_WEEKS)
    assert (missing.value.item, missing.value.rule) == ("4", "most_teams")


def test_whoever_has_left_is_no_longer_rated_by_the_caseload_of_the_last_day():
    left = Specialist(
        id="left",
        service="nord",
        posts=(Post(specialist="left", share=Decimal(1), starts_on=LONG_AGO, ends_on=START + WEEK),),
    )
    records = Records(specialists=(specialist("s0"), left))
    assert [one.specialist for one in told(records, "1").specialists] == ["s0"]
    assert [one.specialist for one in told(records, "4").specialists] == ["s0"]
    assert [one.specialist for one in told(records, "17").specialists] == ["s0", "left"]


def test_a_rating_from_an_anchor_that_awaits_a_check_carries_the_mark():
    records = Records(
        specialists=(specialist("s0"),),
        participants=(participant("p", treatment_team="A"),),
        assignments=(assigned("p", "s0"),),
        team_memberships=(TeamMembership(specialist="s0", team="A", starts_on=LONG_AGO),),
    )
    assert told(records, "4").marks == ("awaits_check",)
    assert told(records, "4").anchor.awaits_check
    assert told(records, "1").marks == ()
    checked = tuple(replace(one, awaits_check=False) for one in IPS.item_by_id["4"].anchors)
    items = tuple(replace(item, anchors=checked) if item.id == "4" else item for item in IPS.items)
    assert suggest(records, replace(IPS, items=items), TEN_WEEKS)["4"].marks == ()


def test_the_records_behind_a_rating_are_named():
    records = Records(
        specialists=(specialist("s0"),),
        participants=(participant("p", treatment_team="A"), participant("q", treatment_team="B")),
        assignments=(assigned("p", "s0"), assigned("q", "s0")),
        team_memberships=(TeamMembership(specialist="s0", team="A", starts_on=LONG_AGO),),
    )
    found = told(records, "4")
    assert (found.ids, found.of_ids, found.numerator, found.denominator) == (("p",), ("p", "q"), 1, 2)
    assert (found.specialists[0].ids, found.specialists[0].anchor.least) == (("p",), 50)


def test_other_scales_several_services_and_periods_without_days_are_refused():
    made_up = load_scale(Path(__file__).with_name("fidelity_two_subscales.toml"))
    with pytest.raises(NoSuggestions) as unknown:
        suggest(Records(), made_up, TEN_WEEKS)
    assert unknown.value.scale == made_up.id
    two = Records(specialists=(specialist("a"), Specialist(id="b", service="sør")))
    with pytest.raises(SeveralServices) as several:
        suggest(two, IPS, TEN_WEEKS)
    assert several.value.services == ("nord", "sør")
    for period in (Period(START), Period(START, START)):
        with pytest.raises(PeriodWithoutDays):
            suggest(Records(), IPS, period)


def test_each_item_looks_back_over_its_own_time_or_else_over_the_period():
    items = {one.item: (one.starts_on, one.ends_on) for one in suggest(Records(), IPS, TEN_WEEKS).items}
    assert items["1"] == (TEN_WEEKS.end - DAY, TEN_WEEKS.end)
    assert items["15"] == items["23"] == items["11"] == (date(2025, 3, 16), date(2026, 3, 16))
    assert items["17"] == items["21"] == (TEN_WEEKS.start, TEN_WEEKS.end)
    assert items["24"] == (TEN_WEEKS.start, TEN_WEEKS.end)


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_matter(random):
    records, period = item_17({"specialists": "60/1/0/5/weekly;20/0.5/2/2/monthly"})
    mixed = {name: list(getattr(records, name)) for name in ("contacts", "participants", "assignments", "specialists")}
    for rows in mixed.values():
        random.shuffle(rows)
    shuffled = replace(records, **{name: tuple(rows) for name, rows in mixed.items()})
    one, other = (suggest(each, IPS, period) for each in (records, shuffled))
    assert [(a.rating, a.number, a.ids) for a in one.items] == [(b.rating, b.number, b.ids) for b in other.items]


def test_contacts_before_the_period_are_not_counted_in_it():
    visits = tuple(contact(str(n), "s0", START + n * DAY) for n in (-1, 0))
    nav = tuple(contact(f"nav {n}", "s0", START + n * DAY, kind=Kind.NAV, with_employer=False) for n in (-1, 0))
    records = Records(specialists=(specialist("s0"),), contacts=(*visits, *nav))
    assert told(records, "17").ids == ("0",)
    assert figures(records, "18")["visits_in_general"] == (2, 2)
    assert figures(records, "6")["nav_contacts"] == 1


def test_what_happens_after_the_period_changes_nothing():
    records, period = item_17({"specialists": "60/1/0/5/weekly"})
    later = replace(
        records,
        contacts=(*records.contacts, *(contact(f"later {n}", "s0", period.end + n * DAY) for n in range(50))),
        jobs=(job("later", "0-0", period.end),),
    )
    assert suggest(later, IPS, period) == suggest(records, IPS, period)


@settings(max_examples=40)
@given(
    st.integers(0, 50),
    st.integers(0, 80),
    st.sampled_from(["1", "0.5"]),
    st.integers(0, 4),
    st.sampled_from(["weekly", "monthly", "none"]),
    st.integers(0, 900),
)
def test_more_work_never_lowers_a_rating_and_more_people_never_raise_it(
    people, contacts, share, seeking, look, minutes
):
    def rating(item, told):
        records, period = BUILT[item]({"specialists": told})
        return suggest(records, IPS, period)[item].rating

    assert rating("1", f"{people + 1}/{share}") <= rating("1", f"{people}/{share}")
    made = [rating("17", f"{n}/{share}/0/{seeking}/{look}") for n in (contacts, contacts + 1)]
    assert made == sorted(made)
    out = [rating("24", f"00:00+{n}/") for n in (minutes, minutes + 1)]
    assert out == sorted(out)


# ---- staff and teams


def test_item_1_counts_those_on_pause_and_not_those_who_wait_or_have_ended():
    records = Records(
        specialists=(specialist("s0"),),
        participants=(
            participant("paused"),
            participant("ended", ended_on=TEN_WEEKS.end - DAY),
            participant("moved to another"),
            participant("waits", None),
            participant("starts tomorrow", TEN_WEEKS.end),
            participant("ends tomorrow", TEN_WEEKS.end - DAY, ended_on=TEN_WEEKS.end),
        ),
        assignments=(
            *(assigned(id, "s0") for id in ("paused", "ended", "waits", "starts tomorrow", "ends tomorrow")),
            assigned("moved to another", "s0", ends_on=TEN_WEEKS.end - DAY),
        ),
        pauses=(Pause(participant="paused", starts_on=LONG_AGO),),
    )
    assert told(records, "1").ids == ("ends tomorrow", "paused")


def test_item_2_tells_the_mean_of_the_months_stated_and_suggests_nothing():
    stated = (
        OtherWork(specialist="s0", month=date(2026, 2, 1), percent=10, seen_by_supervisor=True),
        OtherWork(specialist="s0", month=date(2026, 3, 1), percent=5),
        OtherWork(specialist="s0", month=date(2026, 4, 1), percent=90),  # after the period
    )
    found = told(Records(specialists=(specialist("s0"),), other_work=stated), "2")
    assert (found.number, found.rating, found.pooled_rating) == (Decimal("92.5"), None, None)
    assert found.specialists[0].number == Decimal("92.5")
    assert {figure.id: figure.number for figure in found.figures} == {
        "months_stated": 2,
        "months_seen_by_supervisor": Decimal("0.5"),
    }


def test_item_3_hints_at_who_has_had_one_job_specialist_all_the_way():
    records = Records(
        participants=(participant("p"), participant("q")),
        assignments=(assigned("p", "s0"), assigned("q", "s0", ends_on=START), assigned("q", "s1", START)),
        jobs=(job("j", "p", START), job("k", "q", START), job("old", "q", LONG_AGO, LONG_AGO + DAY)),
    )
    assert figures(records, "3") == {"same_specialist_all_the_way": (1, 2)}


def test_item_5_counts_meetings_attended_of_those_held_and_of_the_weeks():
    meetings = (
        TeamMeeting(id="1", team="A", on=START, present=("s0",), others_raised=2),
        TeamMeeting(id="2", team="A", on=START + WEEK, present=("s1",), others_raised=1),
        TeamMeeting(id="3", team="A", on=START + WEEK, present=("s0",), about_people=False),  # about other things
        TeamMeeting(id="4", team="B", on=START + 2 * WEEK, present=("s0",)),
    )
    records = Records(
        specialists=(specialist("s0"),),
        team_memberships=(TeamMembership(specialist="s0", team="A", starts_on=LONG_AGO),),
        team_meetings=meetings,
        absences=(Absence(specialist="s0", starts_on=START + 3 * WEEK, ends_on=START + 5 * WEEK),),
    )
    assert figures(records, "5") == {
        "team_meetings_attended s0": (2, 3),
        "weeks_with_team_meeting s0": (2, 8),
        "raised_without_referral": 3,
    }
    assert {figure.part for figure in told(records, "5").figures} == {"a", "e"}


def test_item_6_counts_months_with_a_meeting_and_weeks_with_a_contact():
    nav = {"kind": Kind.NAV, "with_employer": False, "purpose": None}
    contacts = (
        contact("1", "s0", START, **nav),
        contact("2", "s0", START + DAY, **nav | {"channel": Channel.PHONE}),
        contact("3", "s0", START + 5 * WEEK, **nav | {"channel": Channel.DIGITAL}),
        contact("4", "s0", START + 6 * WEEK),
    )
    assert figures(Records(contacts=contacts), "6") == {
        "months_with_nav_meeting": (1, 2),
        "weeks_with_nav_contact": (2, 10),
        "nav_meetings_in_person": 1,
        "nav_contacts": 3,
    }


def supervised():
    return Records(
        specialists=(specialist("s0"), specialist("s1", "0.5")),
        supervisor_posts=(SupervisorPost(supervisor="m", share=Decimal("0.2"), starts_on=LONG_AGO),),
        team_memberships=(TeamMembership(specialist="s0", team="A", starts_on=LONG_AGO),),
        team_meetings=(
            TeamMeeting(id="1", team="A", on=START, present=("s0", "m")),
            TeamMeeting(id="2", team="A", on=START + WEEK, present=("s0",)),
        ),
        supervisions=(
            Supervision(id="g1", kind=SupervisionKind.GROUP, on=START, supervisor="m", present=("s0", "s1")),
            Supervision(id="g2", kind=SupervisionKind.GROUP, on=START + 6 * DAY, supervisor="m", present=("s0",)),
            Supervision(
                id="i",
                kind=SupervisionKind.INDIVIDUAL,
                on=START + WEEK,
                supervisor="m",
                present=("s1",),
                outcome_talk=True,
            ),
            Supervision(id="f", kind=SupervisionKind.FIELD, on=START + 2 * WEEK, supervisor="m", present=("s1",)),
        ),
        absences=(
            Absence(specialist="s0", starts_on=START, ends_on=START + WEEK, covered=True),
            Absence(specialist="s1", starts_on=START, ends_on=START + WEEK),
        ),
    )


def test_item_7_counts_posts_weeks_with_group_supervision_and_cover():
    assert figures(supervised(), "7") == {
        "posts": 1.5,
        "job_specialists": 2,
        "weeks_with_group_supervision": (1, 10),
        "group_supervisions": 2,
        "absences_with_cover": (1, 2),
    }


def test_item_8_counts_each_duty_of_the_supervisor():
    assert figures(supervised(), "8") == {
        "posts_for_a_supervisor": (1.5, 0.2),
        "weeks_with_supervision": (2, 10),
        "team_meetings_with_supervisor A": 1,
        "field_mentoring s0": 0,
        "outcome_talks s0": 0,
        "field_mentoring s1": 1,
        "outcome_talks s1": 1,
    }


# ---- access, leaders, before work


def test_item_9_tells_who_was_not_offered_why_from_where_and_how_long_they_waited():
    def referred(person, source, waited=None, **told):
        on = START if waited is None else START - waited * DAY
        return Referral(participant=person, received_on=on, source=source, **told)

    refused = {"outcome": ReferralOutcome.NOT_OFFERED, "outcome_on": START + DAY}
    records = Records(
        participants=(participant("a", START + DAY), participant("b", START + 5 * DAY), participant("c", None)),
        referrals=(
            referred("a", Source.THERAPIST),
            referred("b", Source.NAV, waited=2),
            referred("c", Source.THERAPIST, **refused, not_offered_reason=NotOffered.FULL),
            referred("d", Source.PERSON),
        ),
        jobs=tuple(job(id, "a", LONG_AGO, START + DAY) for id in ("j", "k", "l")),
        job_ends=(
            JobEnd(job="j", ended_by=EndedBy.EMPLOYER, next_job_offered=True),
            JobEnd(job="k", next_job_offered=False),
            JobEnd(job="l"),  # nobody has said
        ),
    )
    assert figures(records, "9") == {
        "referrals": 3,
        "not_offered full": 1,
        "referral_sources": 2,
        "referrals_from person": (1, 3),
        "referrals_from therapist": (2, 3),
        "median_days_to_start": 4,
        "next_job_offered": (1, 2),
    }


def test_items_10_and_11_list_the_days():
    on = {kind: START + n * DAY for n, kind in enumerate(MilestoneKind)}
    records = Records(
        milestones=(
            *(Milestone(kind=kind, on=day) for kind, day in on.items()),
            Milestone(kind=MilestoneKind.FIDELITY_REVIEW, on=date(2025, 6, 1)),
            Milestone(kind=MilestoneKind.RESULTS_SHARED, on=date(2025, 6, 1)),  # before the period of item 10
        )
    )
    ten, eleven = told(records, "10").figures, told(records, "11").figures
    assert [(one.part, one.about, one.ids) for one in ten] == [("e", "results_shared", ("2026-01-05",))]
    assert [(one.part, one.number) for one in eleven] == [("b", 2), ("c", 1), ("d", 1), ("e", 1)]


def test_item_12_counts_starts_and_new_terms_with_advice():
    new_terms = ({}, {"starts_on": START + 2 * WEEK})
    first = job("j", "p", START, None, {"ends_on": START + 2 * WEEK}, *new_terms[1:])
    records = Records(
        jobs=(first, job("k", "q", START + DAY), job("before", "q", LONG_AGO)),
        advice=(
            Advice(person="p", on=START - DAY, trained=True),
            Advice(person="q", on=START - DAY, trained=False),
        ),
    )
    assert figures(records, "12") == {"advice_before_start": (1, 2), "advice_at_new_terms": (1, 1)}


def test_item_13_asks_for_openness_before_the_first_employer_met():
    records = Records(
        contacts=(
            contact("1", "s0", START + DAY, participants=("p",)),
            contact("2", "s0", START + DAY, participants=("q",)),
            contact("3", "s0", LONG_AGO, participants=("r",)),
        ),
        openness=(
            OpennessTalk(participant="p", on=START, weighed=True, concrete=True),
            OpennessTalk(participant="p", on=START + WEEK, weighed=True),
            OpennessTalk(participant="q", on=START + 2 * DAY, weighed=True),
        ),
    )
    assert figures(records, "13") == {
        "openness_weighed_before_contact": (1, 2),
        "openness_concrete": (1, 2),
        "openness_taken_up_again": (1, 2),
    }


def test_item_14_counts_sessions_and_what_was_learnt_from_jobs():
    records = Records(
        participants=(participant("p", START), participant("q", START)),
        profile_sessions=(
            ProfileSession(participant="p", on=START),
            ProfileSession(participant="p", on=START + WEEK),
            ProfileSession(participant="q", on=START),
        ),
        jobs=(job("j", "p", START + DAY, START + 2 * WEEK),),
    )
    assert figures(records, "14") == {
        "profile_of_several_sessions": (1, 2),
        "profile_sessions": 3,
        "profile_updated_after_job": (1, 2),  # after the start, and not after the end
    }


# ---- the search


def test_item_15_counts_a_school_in_navs_variant_alone():
    school = contact(
        "1", "s0", START + 9 * DAY, participants=("p",), with_employer=False, purpose=None, place=Place.SCHOOL
    )
    records = Records(participants=(participant("p", START),), contacts=(school,))
    assert told(records, "15").number is None
    assert told(records, "15", school_counts=True).number == 9


def test_item_15_shows_what_stands_beside_the_mean():
    days = (10, 20, 60)
    records = Records(
        participants=(
            *(participant(f"p{n}", START) for n in days),
            participant("waits", TEN_WEEKS.end - 41 * DAY),
            participant("new", TEN_WEEKS.end - 11 * DAY),
            participant("left", START, ended_on=START + 50 * DAY),
        ),
        contacts=tuple(contact(f"{n}", "s0", START + n * DAY, participants=(f"p{n}",)) for n in days),
    )
    assert figures(records, "15") == {
        "mean_days_with_open": pytest.approx((10 + 20 + 60 + 40 + 10 + 50) / 6),
        "median_days": 20,
        "within_days_of_best_anchor": (2, 5),  # the new one may still be in time
        "open_cases": (3, 6),
    }


def test_item_16_holds_what_was_tried_against_the_wishes_of_that_day():
    records = Records(
        wishes=(
            Wish(participant="p", occupation="5223", starts_on=START, ends_on=START + WEEK),
            Wish(participant="p", occupation="7512", starts_on=START + WEEK),
        ),
        applications=(
            Application(id="as wished", participant="p", on=START, occupation="5223"),
            Application(id="near", participant="p", on=START, occupation="5230"),
            Application(id="no longer", participant="p", on=START + WEEK, occupation="5223"),
        ),
    )
    assert figures(records, "16") == {"tried_as_wished": (1, 3), "tried_as_wished_or_near": (2, 3)}


def test_item_17_counts_with_a_decision_maker_alone_in_navs_variant():
    records, period = item_17({"specialists": "60/1/0/5/weekly"})
    able = tuple(replace(one, decision_maker=n < 20) for n, one in enumerate(records.contacts))
    records = replace(records, contacts=able)
    assert [told(records, "17", period, decision_maker_required=asked).rating for asked in (False, True)] == [5, 2]


def test_item_17_shows_general_contacts_and_those_for_a_person_apart():
    visits = (contact("1", "s0", START), contact("2", "s0", START, participants=("p",)))
    shown = told(Records(specialists=(specialist("s0"),), contacts=visits), "17").specialists[0].figures
    assert {one.id: one.ids for one in shown if one.ids} == {
        "contacts_in_general": ("1",),
        "contacts_for_a_person": ("2",),
    }


def test_who_seeks_is_counted_by_the_day():
    """In ordinary work, in education, on pause or stepped down nobody seeks; nor before the start or after the end."""
    half = START + 5 * WEEK
    records = Records(
        specialists=(specialist("s0"),),
        participants=(
            *map(participant, ("worker", "paused", "down")),
            participant("late", half),
            participant("left", ended_on=half),
        ),
        assignments=tuple(assigned(person, "s0") for person in ("worker", "paused", "down", "late", "left")),
        jobs=(job("j", "worker", half),),
        pauses=(Pause(participant="paused", starts_on=half),),
        step_downs=(StepDown(participant="down", starts_on=half),),
    )
    shown = {one.id: one.number for one in told(records, "17").specialists[0].figures}
    assert shown["seekers"] == Decimal("2.5")


def test_item_18_counts_visits_by_employer():
    visits = [contact(str(n), "s0", START + n * DAY, decision_maker=n == 0) for n in range(3)]
    records = Records(contacts=(*visits, contact("other", "s0", START, employer="skole", participants=("p",))))
    assert figures(records, "18") == {
        "visits_an_employer": 2,
        "employers_visited_often": (1, 2),
        "visits_with_decision_maker": (1, 4),
        "visits_in_general": (3, 4),
    }


# ---- jobs and support


def test_items_19_and_20_show_two_readings():
    records = Records(
        jobs=(
            job("1", "p", START, occupation="5223", employer="a"),
            job("2", "q", START, occupation="5223", employer="b"),
            job("3", "r", START, occupation="7512", employer="c"),
            job("4", "r", START, occupation="7512", employer="c"),  # the same person's
            job("old", "s", LONG_AGO, START, occupation="9112"),
        ),
        employers=(Employer(id="a", company="chain"), Employer(id="b", company="chain"), Employer(id="c")),
    )
    assert figures(records, "19") == {"distinct_types": (2, 4), "jobs_alone_of_types": (2, 4)}
    assert figures(records, "20") == {
        "distinct_establishments": (3, 4),
        "jobs_alone_of_establishments": (4, 4),
        "distinct_companies": (2, 4),
        "jobs_alone_of_companies": (2, 4),
    }


def test_item_21_shows_substitutes_and_people_on_call_apart():
    records = Records(
        jobs=(job("1", "p", START), job("2", "q", START, None, {"form": "on_call"}), job("3", "r", START))
    )
    found = figures(records, "21")
    assert (found["current_jobs"], found["jobs_by_form permanent"], found["jobs_by_form on_call"]) == (3, 2, 1)
    assert found["jobs_by_form substitute"] == 0


def test_item_22_counts_measures_and_who_gives_them():
    records = Records(
        jobs=(job("j", "p", START), job("k", "q", START)),
        support_measures=(
            SupportMeasure(participant="p", giver=Giver.SPECIALIST),
            SupportMeasure(participant="p", giver=Giver.EMPLOYER),
            SupportMeasure(participant="not in work", giver=Giver.FAMILY),
        ),
    )
    assert figures(records, "22") == {
        "with_support_measures": (1, 2),
        "measures_a_person": 1,
        "support_from_several": (1, 2),
        "support_from_employer": (1, 2),
    }


def test_item_23_shows_the_whole_schedule_beside():
    starts_on = date(2025, 9, 1)
    days = [starts_on - DAY, starts_on, starts_on + WEEK, *(add_months(starts_on, month) for month in (1, 2, 3))]
    records = Records(
        participants=(participant("p"),),
        jobs=(job("j", "p", starts_on, date(2026, 2, 10)),),
        contacts=tuple(met(str(n), "p", day) for n, day in enumerate(days)),
        job_ends=(JobEnd(job="j", known_on=date(2026, 2, 12)),),
        step_downs=(StepDown(participant="q", starts_on=START, taker_named=False),),
    )
    assert told(records, "23").rating == 3
    shown = figures(records, "23")
    assert {name: n for name, n in shown.items() if name.startswith("steps")} == {
        "steps_met before_start": (1, 1),
        "steps_met first_days": (1, 1),
        "steps_met week": (2, 4),
        "steps_met month": (3, 4),  # months 2 to 5
        "steps_met job_loss": (0, 1),
    }
    assert shown["step_downs_with_taker"] == (0, 1)


def test_item_24_needs_four_whole_weeks():
    records = Records(specialists=(specialist("s0"),))
    three = told(records, "24", Period(START + DAY, START + 4 * WEEK + 6 * DAY))
    assert (three.rating, three.number, three.marks) == (None, None, ("too_few_weeks",))
    assert told(records, "24", FOUR_WEEKS).rating == 1


def test_item_24_counts_whole_weeks_alone():
    days = (START - DAY, START, START + 4 * WEEK)  # a Sunday, the first Monday, the Monday after four weeks
    visits = tuple(contact(str(n), "s0", day, start=time(9), minutes=90, round=str(n)) for n, day in enumerate(days))
    trips = tuple(Round(id=str(n), specialist="s0", on=day, travel_minutes=45) for n, day in enumerate(days))
    records = Records(specialists=(specialist("s0", "0.1"),), contacts=visits, rounds=trips)
    found = told(records, "24", Period(START - DAY, START + 4 * WEEK + 3 * DAY))
    assert (found.number, found.ids, found.starts_on) == (15, ("1",), START)


def test_item_24_takes_agreed_hours_before_the_share_of_a_full_week():
    visit = contact("1", "s0", START, start=time(9), minutes=600)
    records = Records(specialists=(specialist("s0", "0.1"),), contacts=(visit,))
    agreed = replace(records, weekly_hours=(WeeklyHours(specialist="s0", hours=Decimal(5), starts_on=LONG_AGO),))
    assert [round(told(each, "24", FOUR_WEEKS).number, 2) for each in (records, agreed)] == [Decimal("66.67"), 50]
    assert told(records, "24", FOUR_WEEKS, full_week=Decimal(50)).number == 50


def test_item_25_counts_attempts_and_why_people_ended():
    def attempt(**changed):
        return Attempt(
            **{"person": "p", "on": START, "by": AttemptBy.BOTH, "how": How.HOME, "reached": False} | changed
        )

    records = Records(
        participants=(participant("p", ended_on=START, end_reason="own_wish"), participant("q", ended_on=START)),
        outreach=(attempt(), attempt(family=True, how=How.PHONE), attempt(on=LONG_AGO)),
    )
    assert figures(records, "25") == {
        "ended_because": 1,
        "ended_because own_wish": 1,
        "attempts": 2,
        "attempts_a_person": (2, 1),
        "attempts_by_team": 2,
        "visits": 1,
        "people_visited_often": 0,
        "joint_visits": 1,
        "family_contacts": 1,
    }


# ---- time at work, against a slow count day by day

day = st.integers(-40, 120).map(lambda n: START + n * DAY)
stretches = st.tuples(day, st.integers(0, 60)).map(lambda told: (told[0], told[0] + told[1] * DAY))
posts = st.lists(st.tuples(stretches, st.sampled_from(["0", "0.2", "0.5", "1"])), max_size=3)
window = stretches.map(lambda told: Period(*told))


def each_day(period):
    return [period.start + n * DAY for n in range((period.end - period.start).days)]


@given(window)
def test_working_days_are_mondays_to_fridays(period):
    assert working_days(period) == sum(one.weekday() < 5 for one in each_day(period))
    weeks = each_day(whole_weeks(period))
    assert len(weeks) % 7 == 0
    assert all(one in each_day(period) for one in weeks)
    assert not weeks or (weeks[0].weekday(), weeks[-1].weekday()) == (0, 6)


@given(posts, st.lists(stretches, max_size=3), st.lists(stretches, max_size=1), window)
def test_time_at_work_is_what_a_count_day_by_day_gives(held, away, stated, period):
    made = [Post(specialist="s", share=Decimal(share), starts_on=a, ends_on=b) for (a, b), share in held]
    absences = [Absence(specialist="s", starts_on=a, ends_on=b) for a, b in away]
    agreed = [WeeklyHours(specialist="s", hours=Decimal(30), starts_on=a, ends_on=b) for a, b in stated]
    there = [one for one in each_day(period) if one.weekday() < 5 and not any(a <= one < b for a, b in away)]
    shares = {one: [post.share for post in made if post.period.contains(one)] for one in there}
    hours = Decimal(0)
    for one in there:
        told_hours = [each.hours for each in agreed if each.period.contains(one)]
        hours += sum(told_hours) / 5 if told_hours else sum(shares[one]) * Decimal("37.5") / 5
    assert days_worked(made, absences, period) == sum(any(shares[one]) for one in there)
    assert posts_worked(made, absences, period) == sum(sum(shares[one]) for one in there)
    assert hours_contracted(made, agreed, absences, period) == hours


# ---- words


def test_everything_that_is_told_has_words_and_no_words_are_left_over():
    refused = {"outcome": ReferralOutcome.NOT_OFFERED, "outcome_on": START, "not_offered_reason": NotOffered.FULL}
    records = replace(
        supervised(),
        participants=(participant("p", START, ended_on=START + DAY),),
        assignments=(assigned("q", "without a post"),),
        referrals=(Referral(participant="p", received_on=START, source=Source.NAV, **refused),),
        jobs=(job("j", "p", START),),
    )
    found = [one for item in suggest(records, IPS, TEN_WEEKS).items for one in item.figures]
    found += [
        one for item in suggest(records, IPS, TEN_WEEKS).items for each in item.specialists for one in each.figures
    ]
    assert {one.id for one in found} == set(words()["figure"])
    assert all(figure_words(one, language) for one in found for language in ("nb", "en"))
    assert {value for name, value in vars(marks).items() if name.isupper()} == set(words()["mark"])
    assert {item.id for item in IPS.items if item.computable == "B"} <= set(words()["judge"])


def test_a_figure_is_called_by_what_it_is_counted_for():
    figure = Figure(id="not_offered", about="full", number=Decimal(1))
    assert figure_words(figure) == "Ikke tilbudt plass: ingen ledig plass"
    assert figure_words(replace(figure, about="nobody's word"), "en") == "Not offered: nobody's word"
