"""One row in every table about people, for one service: so that no test of access can pass because nothing is there."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import models
from django.utils import timezone

from fotfeste import fidelity
from fotfeste.indicators.records import Records
from fotfeste_web.accounts.models import RecoveryRequest
from fotfeste_web.audit.models import ReadEvent, SentForm, WriteEvent
from fotfeste_web.background.files import encrypt
from fotfeste_web.background.models import State, Work
from fotfeste_web.caseload.models import (
    Assignment,
    Contact,
    ContactParticipant,
    Education,
    Employer,
    Job,
    NextStep,
    Openness,
    Participant,
    Pause,
    Period,
    Referral,
    Round,
    StepDown,
    Term,
    WishedOccupation,
    Wishes,
)
from fotfeste_web.exports.models import Extract
from fotfeste_web.fidelity.counting.counted import Cell, Counted, row
from fotfeste_web.fidelity.models import (
    Consensus,
    CountedItem,
    Improvement,
    PersonNote,
    Rating,
    Review,
    Reviewer,
    ReviewTask,
    SampledFile,
    Source,
)
from fotfeste_web.figures.models import ServiceFigures, ServiceResults
from fotfeste_web.figures.results import results_of
from fotfeste_web.followup.models import BenefitsAdvice, FollowUpDeclined, NoShowPlan, Note, OutreachAttempt
from fotfeste_web.imports.files import keep, keep_findings
from fotfeste_web.imports.models import FileOfImport, Import
from fotfeste_web.organisations.models import Invitation, Membership, NavOffice, TreatmentTeam
from fotfeste_web.plans.models import CareerProfile, HeldJob, JobApplication, SearchPlan, SupportMeasure, SupportPlan
from fotfeste_web.retention.models import Export, Removal, Sealed
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.sharing.models import Cover, Disclosure, LookupCheck, Opening, Share
from fotfeste_web.teamwork.models import (
    Absence,
    CalendarLink,
    OtherWork,
    Supervision,
    SupervisionNotes,
    SupervisionParticipant,
    TeamMeeting,
    TeamMeetingLine,
    TeamMember,
    WeeklyHours,
    WeekReview,
)
from fotfeste_web.today.models import Postponement
from tests.site.world import World

Rows = dict[type[models.Model], Any]


def counted_item(service: Any, today: Any) -> CountedItem:
    """One figure of one item, without people."""
    told = Counted(item="21", starts_on=today, ends_on=today + timedelta(days=1), recorded=True, value=Cell())
    days = {"starts_on": told.starts_on, "ends_on": told.ends_on}
    made = row(told, service=service, period="now", scale_id="ips-25", scale_version=1, whole=False, **days)
    made.save()
    return made


def _work_with_a_file(asked_by: Any) -> Work:
    made = Work(kind="made", asked_by=asked_by, state=State.DONE, file_name="uttrekk.csv", media_type="text/csv")
    made.file = encrypt(b"a;b", made.pk)
    made.save()
    return made


def _spreadsheet(service: Any, by: Any) -> list[models.Model]:
    """A file that was checked: one row of it is wrong, one is doubtful."""
    counts = {"rows": 2, "bad": 1, "doubtful": 1, "new": 1, "already": 0, "twice": 0}
    made = Import.objects.create(service=service, kind="employers", uploaded_by=by, state="checked", counts=counts)
    keep(made, FileOfImport.UPLOADED, b"Arbeidsgiver;Telefon\r\nBrygga;ring kona\r\n")
    wrong = [2, "Telefon", "ring kona", "Skriv ett telefonnummer med sifre, minst åtte."]
    keep_findings(made, {"wrong": [wrong], "doubts": [wrong], "already": [3], "twice": [4]})
    keep(made, FileOfImport.MARKED, b"Arbeidsgiver;Telefon;Feil\r\nBrygga;ring kona;Telefon\r\n")
    return [made, made.files.first()]


def review_of(world: World, service: Any, planned_by: Any, **fields: Any) -> Review:
    """An independent review that is going on, by the scale that there is."""
    scale, today = fidelity.scale("ips-25"), world.today
    dates = {
        "starts_on": today,
        "ends_on": today + timedelta(days=2),
        "period_starts_on": today - timedelta(days=182),
        "period_ends_on": today,
    }
    return Review.objects.create(
        **{
            "service": service,
            "kind": "independent",
            "scale_id": scale.id,
            "scale_version": scale.version,
            "scale_sha256": scale.sha256,
            "planned_by": planned_by,
        }
        | dates
        | fields
    )


def one_of_each(world: World, *, of: str) -> Rows:
    """Make and return a row of every model with a row rule, of Bodø or of Drammen."""
    if of == "bodo":
        service, person = world.bodo, world.vakker
        prefix, specialist = "", world.specialist
    else:
        service, person = world.drammen, world.rask
        prefix, specialist = "outside_", world.outsider
    today, now = world.today, timezone.now()
    supervisor = world.people[f"{prefix}supervisor"]
    therapist = world.people[f"{prefix}therapist"]
    administrator = world.people[f"{prefix}administrator"]
    employer = Employer.objects.create(service=service, name=f"Bakeriet i {service.name}", created_by=specialist)
    round_ = Round.objects.create(service=service, specialist=specialist, on=today, travel_minutes=20)
    contact = Contact.objects.create(
        service=service,
        specialist=specialist,
        kind="employer",
        on=today,
        employer=employer,
        round=round_,
        status="planned",
    )
    job = Job.objects.create(
        participant=person,
        employer=employer,
        styrk08="7512",
        starts_on=today + timedelta(days=5),
        found_how="network",
    )
    monday = today - timedelta(days=today.weekday() + 7)
    meeting = TeamMeeting.objects.create(
        service=service,
        team=TreatmentTeam.objects.create(service=service, name="FACT Nord"),
        on=today,
        minutes=50,
        present=[specialist.pk, supervisor.pk],
        others_present="overlege, to sykepleiere",
        others_raised=2,
        created_by=specialist,
    )
    supervision = Supervision.objects.create(
        service=service, kind="individual", on=today, minutes=60, supervisor=supervisor, specialist=specialist
    )
    review = review_of(world, service, supervisor, seed=4, drawn_on=today)
    reviewer = world.people[f"{prefix}reviewer"]
    file = SampledFile.objects.create(
        review=review, participant=person, group="seeking", place=1, closes_on=today + timedelta(days=44)
    )
    made = [
        review,
        Reviewer.objects.create(review=review, user=reviewer),
        ReviewTask.objects.create(review=review, what="Trekk ti deltakere", party="service", due_on=today),
        Source.objects.create(review=review, code="OBS", role="therapist", what="Behandlingsteamets møte", on=today),
        Rating.objects.create(review=review, rater=reviewer, item="15", value=4, comment="To av tre innen fristen."),
        Consensus.objects.create(review=review, item="15", value=4, set_by=reviewer),
        file,
        PersonNote.objects.create(
            review=review, file=file, author=reviewer, text="Profilen er ført.", closes_on=file.closes_on
        ),
        Improvement.objects.create(
            service=service,
            review=review,
            item="15",
            what="Møte en arbeidsgiver den første måneden",
            owner=specialist,
            due_on=today + timedelta(days=60),
            created_by=supervisor,
        ),
        meeting,
        TeamMeetingLine.objects.create(
            meeting=meeting, participant=person, text="Vil møte flere bakerier.", decision="Behandler spør om søvn."
        ),
        supervision,
        SupervisionNotes.objects.create(supervision=supervision, talked_about="Tempo.", goals="Seks møter i uka."),
        SupervisionParticipant.objects.create(supervision=supervision, participant=person),
        WeekReview.objects.create(
            service=service, specialist=specialist, monday=monday, reviewed_by=supervisor, comment="Godt jobbet."
        ),
        WeeklyHours.objects.create(service=service, specialist=specialist, hours=30, starts_on=today),
        TeamMember.objects.create(service=service, specialist=specialist, team=meeting.team, starts_on=today),
        Absence.objects.create(
            service=service,
            specialist=specialist,
            starts_on=today + timedelta(days=20),
            ends_on=today + timedelta(days=25),
        ),
        OtherWork.objects.create(service=service, specialist=specialist, month=today.replace(day=1), percent=5),
        CalendarLink.objects.create(user=specialist, link_hash=uuid4().bytes + uuid4().bytes),
        service,
        specialist,
        person,
        employer,
        round_,
        contact,
        job,
        ContactParticipant.objects.create(contact=contact, participant=person, note="Gleder seg."),
        Term.objects.create(job=job, starts_on=job.starts_on, hours_per_week=20, form="permanent"),
        Assignment.objects.get(participant=person),
        Period.objects.get(participant=person),
        Referral.objects.get(participant=person),
        Wishes.objects.create(participant=person, goal="Jeg vil bake brød."),
        WishedOccupation.objects.create(participant=person, styrk08="7512"),
        Openness.objects.create(participant=person, may_contact="yes", agreed_on=today),
        NextStep.objects.create(participant=person, text="Ringe bakeriet", due_on=today, created_by=specialist),
        Pause.objects.create(
            participant=person,
            starts_on=today - timedelta(days=40),
            ends_on=today - timedelta(days=30),
            follow_up_on=today - timedelta(days=30),
            reason="Ferie",
        ),
        Education.objects.create(
            participant=person,
            place="Fagskolen",
            programme="Baker",
            starts_on=today + timedelta(days=30),
            state="planned",
        ),
        CareerProfile.objects.create(participant=person, strengths="Tåler mel og tidlige morgener."),
        HeldJob.objects.create(participant=person, title="Bakerlærling", started="2015", ended="2016-06"),
        SearchPlan.objects.create(participant=person, industry="Bakerier"),
        JobApplication.objects.create(participant=person, place="Brødbua", styrk08="7512", applied_on=today),
        SupportPlan.objects.create(participant=person, early_signs="Sover lite."),
        SupportMeasure.objects.create(
            participant=person, what="Følge til døra", moment="first_day", by_whom="specialist", from_version=1
        ),
        StepDown.objects.create(
            participant=person,
            starts_on=today + timedelta(days=90),
            taker="Siri Moen",
            taker_role="behandler",
        ),
        BenefitsAdvice.objects.create(
            participant=person,
            on=today,
            adviser="Marte Lie",
            trained=True,
            occasion="before_start",
            job=job,
            effect="Mer igjen etter skatt.",
        ),
        OutreachAttempt.objects.create(
            participant=person,
            on=today,
            made_by="specialist",
            how="phone",
            reached=False,
            note="La igjen beskjed.",
            logged_by=specialist,
        ),
        NoShowPlan.objects.create(participant=person, who="Søsteren", after_days=2, agreed_on=today),
        FollowUpDeclined.objects.create(
            participant=person, starts_on=today - timedelta(days=9), ends_on=today, words="Vil klare dette selv."
        ),
        Note.objects.create(
            participant=person, author=specialist, on=today, text="Snakket om lønn.", state="participant"
        ),
        Cover.objects.create(
            service=service, absent=specialist, covering=supervisor, starts_on=today, ends_on=today + timedelta(days=5)
        ),
        Opening.objects.create(
            participant=person,
            service=service,
            user=specialist,
            reason="supervision",
            ends_at=now + timedelta(hours=1),
        ),
        Share.objects.create(
            participant=person,
            shared_with=therapist,
            kinds=list(Kind),
            ground="consent",
            purpose="Samarbeid om jobb",
            starts_on=today,
            ends_on=today + timedelta(days=90),
            told_how="Avtalt i møte",
            shared_by=specialist,
        ),
        Disclosure.objects.create(
            participant=person,
            destination="patient_record",
            receiver="FACT",
            ground="consent",
            purpose="Samarbeid om jobb",
            kinds=["plan"],
            starts_on=today,
            ends_on=today,
            text="Mål: bake brød.",
            told_how="Avtalt i møte",
            given_by=specialist,
        ),
        LookupCheck.objects.create(
            service=service,
            month=today.replace(day=1),
            stood_out=0,
            signed_by=world.people[f"{prefix}leader"],
        ),
        Postponement.objects.create(
            participant=person, rule="quiet", until=today + timedelta(days=2), reason="Bortreist", by=specialist
        ),
        Removal.objects.create(
            service=service,
            participant=person,
            kind="jobb",
            subject_id=str(job.pk),
            reason="wrong_person",
            explanation="Gjaldt en annen.",
            asked_by=specialist,
        ),
        Export.objects.create(participant=person, sha256="0" * 64),
        Extract.objects.create(service=service, what="tables", purpose="Evaluering", asked_by=supervisor),
        Sealed.objects.create(
            service=service,
            kind="jobb",
            reason="twice",
            asked_by=specialist,
            asked_at=now,
            confirmed_by=supervisor,
            at=now,
        ),
        TreatmentTeam.objects.create(service=service, name=f"Team {service.name}"),
        NavOffice.objects.create(service=service, name=f"Kontor {service.name}"),
        Membership.objects.get(user=specialist),
        Invitation.objects.create(
            service=service,
            email="ny@fotfeste.example",
            name="Ny Person",
            role="jobbspesialist",
            starts_on=today,
            link_hash=uuid4().bytes + uuid4().bytes,
            invited_by=administrator,
            expires_at=now + timedelta(days=7),
        ),
        RecoveryRequest.objects.create(user=specialist, asked_by=administrator, reason="Møtte opp med legitimasjon"),
        ServiceFigures.objects.create(service=service, on=today, figures={}),
        ServiceResults.objects.create(
            service=service, on=today, audience="readers", results=results_of(Records(), today)
        ),
        counted_item(service, today),
        WriteEvent.objects.create(
            user=specialist,
            service_id=service.pk,
            participant_id=person.pk,
            action="a.b",
            subject_type="x",
            subject_id="1",
        ),
        ReadEvent.objects.create(
            user=specialist, service_id=service.pk, participant_id=person.pk, page="participant", ground="own"
        ),
        SentForm.objects.create(user=specialist, key=uuid4()),
        _work_with_a_file(specialist),
        *_spreadsheet(service, supervisor),
    ]
    Participant.objects.filter(pk=person.pk).update(phone="90000000")  # a version to read in the history
    return {type(row): row for row in made}
