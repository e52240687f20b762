import re
from dataclasses import fields
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from fotfeste.employment import Form, Job, Support, Term
from fotfeste.indicators.advice import Advice
from fotfeste.indicators.outreach import Attempt, How
from fotfeste.indicators.outreach import By as AttemptBy
from fotfeste.indicators.records import (
    TABLES,
    Absence,
    Application,
    Assignment,
    BadRecord,
    By,
    Channel,
    Contact,
    ContactStatus,
    Declined,
    Education,
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
    Participant,
    Pause,
    Place,
    Post,
    ProfileSession,
    Purpose,
    Records,
    Referral,
    ReferralOutcome,
    Round,
    Source,
    Specialist,
    Status,
    StepDown,
    Supervision,
    SupervisionKind,
    SupervisorPost,
    SupportMeasure,
    TeamMeeting,
    TeamMembership,
    WeeklyHours,
    WeekReview,
    Wish,
    caseload_size,
    counts_as_employer_contact,
    days_to_first_employer_contact,
    field_minutes,
    is_met_in_person,
    read_records,
    write_records,
)
from fotfeste.indicators.records.cells import columns

DAY = date(2026, 3, 2)


def contact(**told):
    """A counting visit to an employer at 9, for half an hour, by the job specialist Ina."""
    visit = {
        "id": "1",
        "specialist": "ina",
        "on": DAY,
        "start": time(9),
        "minutes": 30,
        "status": ContactStatus.HELD,
        "channel": Channel.IN_PERSON,
        "place": Place.EMPLOYER,
        "with_employer": True,
        "purpose": Purpose.JOB_DEVELOPMENT,
    }
    return Contact(**visit | told)


EVERYTHING = Records(
    participants=(
        Participant(id="1", service="nord", status=Status.REFERRED),
        Participant(
            id="2",
            service="nord",
            entered_on=DAY,
            ended_on=date(2026, 9, 1),
            end_reason='arbeid, "uten" lønnstilskudd',
            in_work_at_start=True,
            treatment_team="fact",
            nav_office="løren",
            status=Status.ENDED,
        ),
    ),
    referrals=(
        Referral(
            participant="1",
            received_on=DAY,
            source=Source.GP,
            outcome=ReferralOutcome.NOT_OFFERED,
            outcome_on=DAY,
            not_offered_reason=NotOffered.FULL,
        ),
    ),
    specialists=(
        Specialist(
            id="ina",
            service="nord",
            posts=(
                Post(specialist="ina", share=Decimal("0.5"), starts_on=DAY, ends_on=date(2026, 4, 1)),
                Post(specialist="ina", share=Decimal(1), starts_on=date(2026, 4, 1)),
            ),
        ),
        Specialist(id="ola", service="nord"),
    ),
    assignments=(Assignment(participant="2", specialist="ina", starts_on=DAY),),
    rounds=(Round(id="r", specialist="ina", on=DAY, travel_minutes=40),),
    contacts=(
        contact(participants=("1", "2"), round="r", employer="bakeri", decision_maker=True, kind=Kind.EMPLOYER),
        contact(id="2", specialist=None, by=By.PARTICIPANT, start=None, minutes=None, purpose=None),
    ),
    jobs=(
        Job(
            id="j",
            person="2",
            employer="bakeri",
            occupation="7512",
            starts_on=DAY,
            terms=(
                Term(
                    starts_on=DAY,
                    hours_per_week=Decimal("18.75"),
                    form=Form.PERMANENT,
                    ordinary_rate=True,
                    open_to_anyone=True,
                    support=frozenset({Support.MENTOR, Support.INCLUSION_SUBSIDY}),
                ),
            ),
        ),
    ),
    absences=(Absence(specialist="ina", starts_on=DAY, ends_on=date(2026, 3, 4), covered=True),),
    education=(Education(participant="2", starts_on=DAY, completed=True),),
    pauses=(Pause(participant="2", starts_on=DAY, reason="innleggelse\nover to linjer"),),
    team_memberships=(TeamMembership(specialist="ina", team="fact", starts_on=DAY),),
    team_meetings=(TeamMeeting(id="t", team="fact", on=DAY, present=("ina", "ola"), others_raised=2),),
    supervisions=(
        Supervision(
            id="s", kind=SupervisionKind.GROUP, on=DAY, supervisor="mette", present=("ina",), outcome_talk=True
        ),
    ),
    supervisor_posts=(SupervisorPost(supervisor="mette", share=Decimal("0.25"), starts_on=DAY),),
    week_reviews=(WeekReview(specialist="ina", monday=DAY),),
    other_work=(OtherWork(specialist="ina", month=date(2026, 3, 1), percent=4, seen_by_supervisor=True),),
    weekly_hours=(WeeklyHours(specialist="ina", hours=Decimal("35.5"), starts_on=DAY),),
    milestones=(Milestone(kind=MilestoneKind.STEERING_MEETING, on=DAY),),
    job_ends=(JobEnd(job="j", known_on=DAY, ended_by=EndedBy.EMPLOYER, next_job_offered=False), JobEnd(job="k")),
    declined=(Declined(participant="2", starts_on=DAY, ends_on=date(2026, 4, 1)),),
    step_downs=(StepDown(participant="2", starts_on=DAY, taker_named=False),),
    advice=(Advice(person="2", on=DAY, trained=True, job="j"),),
    outreach=(Attempt(person="2", on=DAY, by=AttemptBy.BOTH, how=How.HOME, reached=False, family=True),),
    openness=(OpennessTalk(participant="2", on=DAY, weighed=True, concrete=True),),
    profile_sessions=(ProfileSession(participant="2", on=DAY),),
    wishes=(Wish(participant="2", occupation="7512", starts_on=DAY),),
    applications=(Application(id="a", participant="2", on=DAY, occupation="7512"),),
    support_measures=(SupportMeasure(participant="2", giver=Giver.COLLEAGUES),),
    employers=(Employer(id="bakeri", company="bakerkjeden"), Employer(id="skole")),
)


def test_records_that_were_written_are_read_back(tmp_path):
    write_records(EVERYTHING, tmp_path / "new")
    assert read_records(tmp_path / "new") == EVERYTHING


def test_every_kind_of_record_is_written_and_read():
    # So that the test above leaves none out.
    assert all(getattr(EVERYTHING, field.name) for field in fields(Records))


def test_no_records_are_read_from_an_empty_folder_and_from_files_with_a_header_only(tmp_path):
    assert read_records(tmp_path) == Records()
    write_records(Records(), tmp_path)
    assert read_records(tmp_path) == Records()


def test_a_spreadsheets_semicolons_byte_order_mark_and_empty_lines_are_read(tmp_path):
    text = "\ufeffparticipant;specialist;starts_on\r\n1;ina;2026-03-02\r\n;;\r\n2;ina;2026-03-02\r\n"
    (tmp_path / "assignments.csv").write_text(text, encoding="utf-8")
    assert [one.participant for one in read_records(tmp_path).assignments] == ["1", "2"]


@pytest.mark.parametrize(
    ("file", "text", "facts"),
    [
        ("contact.csv", "", ("unknown_file", None, None)),
        ("assignments.csv", "participant,specialist\n", ("missing_column", 1, "starts_on")),
        ("assignments.csv", "participant,specialist,starts_on,colour\n", ("unknown_column", 1, "colour")),
        ("assignments.csv", "participant,specialist,starts_on\n1,ina\n", ("missing", 2, "starts_on")),
        (
            "assignments.csv",
            "participant,specialist,starts_on\n1,ina,2026-03-02\n2,ina,2.3.2026\n",
            ("date", 3, "starts_on"),
        ),
        (
            "assignments.csv",
            "participant,specialist,starts_on\n1,ina,2026-03-02,x\n",
            ("too_many_values", 2, None),
        ),
        (
            "assignments.csv",
            "participant,specialist,starts_on,ends_on\n1,ina,2026-03-02,2026-03-01\n",
            ("before_start", 2, "ends_on"),
        ),
        (
            "participants.csv",
            "id,service,in_work_at_start\n1,nord,perhaps\n",
            ("yes_no", 2, "in_work_at_start"),
        ),
        ("participants.csv", "id,service\n1,nord\n1,nord\n", ("duplicate", 3, "id")),
        ("participants.csv", "id,service,status\n1,nord,happy\n", ("choice", 2, "status")),
        (
            "rounds.csv",
            "id,specialist,on,travel_minutes\n1,ina,2026-03-02,1.5\n",
            ("number", 2, "travel_minutes"),
        ),
        (
            "posts.csv",
            "specialist,share,starts_on\nina,1,2026-03-02\n",
            ("no_such_specialist", 2, "specialist"),
        ),
    ],
)
def test_a_bad_file_says_where_and_why(tmp_path, file, text, facts):
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(BadRecord) as bad:
        read_records(tmp_path)
    assert (bad.value.file, (bad.value.reason, bad.value.row, bad.value.column)) == (file, facts)


def test_a_file_that_is_not_utf_8_is_named(tmp_path):
    (tmp_path / "participants.csv").write_bytes("id,service\n1,Løren\n".encode("latin-1"))
    with pytest.raises(BadRecord) as bad:
        read_records(tmp_path)
    assert (bad.value.file, bad.value.reason) == ("participants.csv", "encoding")


@pytest.mark.parametrize(
    ("second", "reason"), [("2026-03-10", "overlapping_terms"), ("2026-02-01", "term_outside_job")]
)
def test_terms_that_do_not_fit_their_job_are_named_by_their_own_row(tmp_path, second, reason):
    (tmp_path / "jobs.csv").write_text("id,person,employer,occupation,starts_on\nj,1,b,7512,2026-03-02\n")
    lines = ["job,starts_on,ends_on,form,ordinary_rate,open_to_anyone", "j,2026-03-02,,permanent,true,true"]
    ends = "" if reason == "overlapping_terms" else "2026-03-01"
    lines.append(f"j,{second},{ends},permanent,true,true")
    (tmp_path / "terms.csv").write_text("\n".join(lines))
    with pytest.raises(BadRecord) as bad:
        read_records(tmp_path)
    assert (bad.value.file, bad.value.reason, bad.value.row) == ("terms.csv", reason, 3)


# ---- figures of the day


def test_the_caseload_is_those_assigned_on_the_day():
    until_march = Assignment(participant="1", specialist="ina", starts_on=date(2026, 1, 1), ends_on=DAY)
    back_again = Assignment(participant="1", specialist="ina", starts_on=date(2026, 5, 1))
    other = Assignment(participant="2", specialist="ina", starts_on=DAY)
    both = [until_march, back_again, other]
    assert [caseload_size(both, on=day) for day in (date(2026, 3, 1), DAY, date(2026, 5, 1))] == [1, 1, 2]
    assert caseload_size([], on=DAY) == 0


@pytest.mark.parametrize(
    ("told", "counts"),
    [
        ({}, True),
        ({"participants": ("1",)}, True),  # for a person as well as in general
        ({"status": ContactStatus.PARTICIPANT_ABSENT}, True),
        ({"status": ContactStatus.CANCELLED}, False),
        ({"status": ContactStatus.PLANNED}, False),
        ({"channel": Channel.PHONE}, False),
        ({"purpose": Purpose.JOB_SUPPORT}, False),
        ({"purpose": None}, False),
        ({"with_employer": False}, False),
        ({"by": By.BOTH}, True),
        ({"by": By.PARTICIPANT}, False),
    ],
)
def test_which_contacts_count_for_item_17(told, counts):
    assert counts_as_employer_contact(contact(**told)) == counts


def test_navs_variant_asks_for_a_decision_maker():
    assert not counts_as_employer_contact(contact(), decision_maker_required=True)
    assert counts_as_employer_contact(contact(decision_maker=True), decision_maker_required=True)


def test_days_to_the_first_employer_contact_take_the_first_in_person_whoever_made_it():
    entered_on = date(2026, 2, 1)
    by_phone = contact(on=date(2026, 2, 3), channel=Channel.PHONE)
    cancelled = contact(on=date(2026, 2, 4), status=ContactStatus.CANCELLED)
    stayed_away = contact(on=date(2026, 2, 5), by=By.PARTICIPANT, status=ContactStatus.PARTICIPANT_ABSENT)
    alone = contact(on=date(2026, 2, 20), by=By.PARTICIPANT, specialist=None)
    assert days_to_first_employer_contact(entered_on, [by_phone, cancelled, stayed_away]) is None
    assert days_to_first_employer_contact(entered_on, [contact(), by_phone, alone]) == 19
    assert days_to_first_employer_contact(date(2026, 4, 1), [contact()]) == 0  # before the start


def test_navs_variant_counts_a_meeting_at_a_school():
    school = contact(with_employer=False, purpose=None, place=Place.SCHOOL)
    assert days_to_first_employer_contact(DAY, [school]) is None
    assert days_to_first_employer_contact(DAY, [school], school_counts=True) == 0


@pytest.mark.parametrize(
    ("told", "met"),
    [
        ({"kind": Kind.PARTICIPANT, "with_employer": False}, True),
        ({"kind": Kind.START_UP, "with_employer": False}, True),
        ({"kind": Kind.EMPLOYER, "by": By.BOTH}, True),
        ({"kind": Kind.EMPLOYER}, False),  # the employer alone
        ({"kind": Kind.NAV, "with_employer": False}, False),
        ({"kind": Kind.PARTICIPANT, "channel": Channel.PHONE}, False),
        ({"kind": Kind.PARTICIPANT, "status": ContactStatus.PARTICIPANT_ABSENT}, False),
    ],
)
def test_which_contacts_meet_the_participant_in_person(told, met):
    assert is_met_in_person(contact(participants=("1",), **told)) == met


def test_time_in_the_field_is_the_union_of_meetings_and_the_travel_of_each_round_once():
    trip = Round(id="r", specialist="ina", on=DAY, travel_minutes=40)
    idle = Round(id="s", specialist="ina", on=DAY, travel_minutes=25)
    meetings = [
        contact(round="r"),  # 9.00 to 9.30
        contact(start=time(9, 15), place=Place.CAFE, round="r"),  # to 9.45
        contact(start=time(10), place=Place.NAV),  # not in the community
        contact(start=time(11), channel=Channel.PHONE),
        contact(start=time(12), status=ContactStatus.CANCELLED, round="s"),
        contact(start=time(13), specialist=None, by=By.PARTICIPANT),
        contact(start=time(23, 50), place=Place.HOME),  # past midnight
        contact(start=None, minutes=10),
        contact(specialist="ola"),  # at the same time as Ina's, and his own
    ]
    assert field_minutes(meetings, [trip, idle]) == 45 + 40 + 30 + 10 + 30
    assert field_minutes([], [trip]) == 0


def test_the_manual_names_every_file_and_column():
    manual = (Path(__file__).parents[2] / "docs" / "methods" / "records.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in manual.splitlines() if ".csv` |" in line]
    told = {file.strip("| "): re.findall(r"`(\w+)`", names) for file, _, names in rows}
    assert told == {f"`{name}.csv`": list(columns(kind)) for name, kind in TABLES.items()}
