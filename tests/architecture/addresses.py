"""Every address of the site, and for those about an object: which object, and who may see it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from fotfeste_web.accounts.models import RecoveryRequest
from fotfeste_web.background.models import Work
from fotfeste_web.caseload.models import (
    Assignment,
    Contact,
    Education,
    Employer,
    Job,
    NextStep,
    Participant,
    Pause,
    Referral,
    StepDown,
)
from fotfeste_web.fidelity.models import Consensus, Improvement, Review, Reviewer, ReviewTask, SampledFile, Source
from fotfeste_web.figures.models import ServiceResults
from fotfeste_web.followup.models import BenefitsAdvice, Note, OutreachAttempt
from fotfeste_web.imports.models import Import
from fotfeste_web.organisations.models import Invitation, Membership, NavOffice, Service, TreatmentTeam
from fotfeste_web.plans.models import HeldJob, JobApplication, SupportMeasure
from fotfeste_web.retention.models import Removal
from fotfeste_web.sharing.models import Cover, Share
from fotfeste_web.teamwork.models import Absence, Supervision, TeamMeeting, TeamMember, WeekReview
from fotfeste_web.teamwork.weeks import slug_of
from tests.site.one_of_each import Rows, one_of_each, review_of
from tests.site.world import World, participant

# Bodø's people. Vakker is the specialist's; the supervisor leads the team; the therapist has a live share.
CASE = frozenset({"specialist", "supervisor"})
READERS = CASE | {"therapist"}
TEAM = CASE | {"colleague"}
ADMINISTRATORS = frozenset({"administrator", "installer"})
PLANNERS = ADMINISTRATORS | {"supervisor"}
SPECIALIST = frozenset({"specialist"})
SUPERVISOR = frozenset({"supervisor"})
REVIEWER = frozenset({"reviewer"})
OF_FIGURES = frozenset({"supervisor", "leader", "reviewer", "researcher"})
COUNTED = TEAM | {"leader", "reviewer", "researcher"}


@dataclass(frozen=True)
class Address:
    """Who reaches the object by GET and by POST. Everybody else is refused."""

    object: Any  # a model of one_of_each, or a key of World.extra
    argument: str
    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    more: dict[str, Any] = field(default_factory=dict)
    about_nobody: bool = False  # leaves no read event: no participant is on the page

    def kwargs(self, rows: dict[Any, Any]) -> dict[str, Any]:
        more = {name: value(rows) if callable(value) else value for name, value in self.more.items()}
        return {self.argument: rows[self.object].pk, **more}


def page(object_: Any, argument: str, people: frozenset[str], **options: Any) -> Address:
    return Address(object_, argument, reads=people, writes=people, **options)


def person(people: frozenset[str], **options: Any) -> Address:
    return page(Participant, "participant_id", people, **options)


OF_AN_OBJECT = {
    "participant": Address(Participant, "participant_id", reads=READERS),
    "looks": Address(Participant, "participant_id", reads=CASE),
    "participant_edit": person(CASE),
    "wishes": person(CASE),
    "openness": person(CASE),
    "next_step_add": person(CASE),
    "correct": page(NextStep, "row_id", CASE, more={"what": "steg"}),
    "profile": Address(Participant, "participant_id", reads=READERS),
    "profile_section": Address(Participant, "participant_id", writes=CASE, more={"section": "styrker"}),
    "profile_versions": Address(Participant, "participant_id", reads=READERS),
    "held_job_add": person(CASE),
    "held_job_edit": page(HeldJob, "held_job_id", CASE),
    "openness_versions": Address(Participant, "participant_id", reads=READERS),
    "search_plan": Address(Participant, "participant_id", reads=READERS, writes=CASE),
    "search_plan_step": Address(Participant, "participant_id", writes=CASE),
    "search_plan_versions": Address(Participant, "participant_id", reads=READERS),
    "applications": Address(Participant, "participant_id", reads=READERS),
    "application_add": person(CASE),
    "application_edit": page(JobApplication, "application_id", CASE),
    "support_plan": Address(Participant, "participant_id", reads=READERS, writes=CASE),
    "support_measure_add": person(CASE),
    "support_measure_edit": page(SupportMeasure, "measure_id", CASE),
    "support_measure_end": Address(SupportMeasure, "measure_id", writes=CASE),
    "support_plan_versions": Address(Participant, "participant_id", reads=READERS),
    "education_edit": page(Education, "education_id", CASE),
    "job_add": person(CASE),
    "share_add": person(CASE),
    "shares": Address(Participant, "participant_id", reads=CASE),
    "disclose": person(CASE),
    "looks_print": Address(Participant, "participant_id", reads=CASE),
    "own_plan_print": Address(Participant, "participant_id", reads=CASE),
    "person_export": person(CASE),
    "disclosures": Address(Participant, "participant_id", reads=CASE),
    "pause_add": page("plain", "participant_id", CASE),
    "education_add": person(CASE),
    "step_down_add": page("plain", "participant_id", CASE),
    "advice_add": person(CASE),
    "advice_edit": page(BenefitsAdvice, "advice_id", CASE),
    "outreach": Address(Participant, "participant_id", reads=READERS),
    "outreach_add": person(CASE),
    "outreach_edit": page(OutreachAttempt, "attempt_id", CASE),
    "no_show_plan": person(CASE),
    "follow_up": Address(Participant, "participant_id", reads=READERS),
    "follow_up_declined": person(CASE),
    "note_add": person(CASE),
    "note": Address(Note, "note_id", reads=READERS, writes=CASE),
    "note_share": Address(Note, "note_id", writes=CASE),
    "end_period": person(CASE),
    "assign": person(frozenset({"supervisor"})),
    "start": page("waiting", "participant_id", CASE),
    "postpone": person(CASE, more={"rule": "next_step"}),
    "open_colleague": page("colleagues", "participant_id", frozenset({"specialist", "colleague"})),
    "next_step_done": Address(NextStep, "step_id", writes=CASE),
    "pause_end": page("open_pause", "pause_id", CASE),
    "education_end": page(Education, "education_id", CASE),
    "step_down_end": page(StepDown, "step_down_id", CASE),
    "share_withdraw": Address(Share, "share_id", writes=CASE),
    "cover_end": Address(Cover, "cover_id", writes=CASE),
    "job": Address(Job, "job_id", reads=READERS),
    "job_edit": page(Job, "job_id", CASE),
    "job_begin": page(Job, "job_id", CASE),
    "job_end": page(Job, "job_id", CASE),
    "term_add": page(Job, "job_id", CASE),
    "referral": Address(Referral, "referral_id", reads=READERS),
    "referral_conclude": page("waiting_referral", "referral_id", frozenset({"supervisor"})),
    "contact": Address(Contact, "contact_id", reads=TEAM | {"therapist"}),
    "contact_edit": page(Contact, "contact_id", CASE),
    "contact_result": page(Contact, "contact_id", CASE),
    # By either of the two; the one who asked does not confirm, and one who does not lead neither.
    "removal": page(Removal, "removal_id", CASE),
    "removal_confirm": Address(Removal, "removal_id", writes=frozenset({"supervisor"})),
    "removal_ask": Address(Job, "id", reads=CASE, writes=CASE, more={"kind": "jobb"}),
    "team_meeting": page(TeamMeeting, "meeting_id", TEAM),
    "supervision_one": Address(Supervision, "supervision_id", reads=CASE, writes=frozenset({"supervisor"})),
    "week_review": page(
        Membership,
        "membership_id",
        frozenset({"supervisor"}),
        more={"week": lambda rows: slug_of(rows[WeekReview].monday)},
        about_nobody=True,
    ),
    "team_member_end": Address(TeamMember, "member_id", writes=CASE, about_nobody=True),
    "absence_end": Address(Absence, "absence_id", writes=CASE, about_nobody=True),
    "review": Address(Review, "review_id", reads=PLANNERS | REVIEWER, about_nobody=True),
    "review_report": Address(
        "signed", "review_id", reads=PLANNERS | TEAM | {"leader", "reviewer"}, more={"kind": "csv"}, about_nobody=True
    ),
    "review_edit": page(Review, "review_id", PLANNERS, about_nobody=True),
    "review_task": page(ReviewTask, "task_id", PLANNERS | REVIEWER, about_nobody=True),
    "source_add": page(Review, "review_id", PLANNERS | REVIEWER, about_nobody=True),
    "source": page(Source, "source_id", PLANNERS | REVIEWER, about_nobody=True),
    "rate": page(Review, "review_id", REVIEWER, about_nobody=True),
    "rate_item": page(Review, "review_id", REVIEWER, more={"item": "15"}, about_nobody=True),
    "consensus": page("agreeing", "review_id", REVIEWER, about_nobody=True),
    "consensus_item": page("agreeing", "review_id", REVIEWER, more={"item": "15"}, about_nobody=True),
    "consensus_alike": Address("agreeing", "review_id", writes=REVIEWER, about_nobody=True),
    "signature_withdraw": Address("agreeing", "review_id", writes=REVIEWER, about_nobody=True),
    # A reviewer sees who it is after a yes alone.
    "review_files": Address(
        Review, "review_id", reads=REVIEWER | {"supervisor"}, writes=frozenset({"supervisor"}), about_nobody=True
    ),
    "review_file": Address(
        "form_file", "file_id", reads=REVIEWER | {"supervisor"}, writes=frozenset({"supervisor"}), about_nobody=True
    ),
    "file_answer": page(SampledFile, "file_id", frozenset({"supervisor"})),
    "fidelity_item": Address(Service, "service_id", reads=COUNTED, more={"item": "21"}, about_nobody=True),
    "fidelity_count": Address(Service, "service_id", writes=COUNTED, about_nobody=True),
    "improvement": page(Improvement, "improvement_id", frozenset({"supervisor"}), about_nobody=True),
    "improvement_add": page("signed", "review_id", frozenset({"supervisor"}), about_nobody=True),
    "results_download": Address(ServiceResults, "format", reads=OF_FIGURES, more={"format": "csv"}, about_nobody=True),
    "yearly_report": Address(
        ServiceResults,
        "year",
        reads=OF_FIGURES,
        more={"year": lambda rows: rows[ServiceResults].on.year - 1},
        about_nobody=True,
    ),
    # What stands in a spreadsheet is not in the service yet: nobody there is looked at.
    "import_one": Address(Import, "import_id", reads=SUPERVISOR, about_nobody=True),
    "import_columns": page(Import, "import_id", SUPERVISOR, about_nobody=True),
    "import_marked": Address(Import, "import_id", reads=SUPERVISOR, about_nobody=True),
    "import_file": Address(Import, "import_id", writes=SUPERVISOR, about_nobody=True),
    "import_confirm": Address(Import, "import_id", writes=SUPERVISOR, about_nobody=True),
    "import_undo": Address(Import, "import_id", writes=SUPERVISOR, about_nobody=True),
    "import_discard": Address(Import, "import_id", writes=SUPERVISOR, about_nobody=True),
    "work": Address(Work, "work_id", reads=SPECIALIST, about_nobody=True),
    "work_file": Address(Work, "work_id", reads=SPECIALIST, about_nobody=True),
    "work_throw_away": Address(Work, "work_id", writes=SPECIALIST, about_nobody=True),
    "employer": Address(Employer, "employer_id", reads=TEAM),
    "employer_edit": page(Employer, "employer_id", TEAM, about_nobody=True),
    "membership": page(Membership, "membership_id", ADMINISTRATORS, about_nobody=True),
    "membership_end": page(Membership, "membership_id", ADMINISTRATORS, about_nobody=True),
    "invitation": page(Invitation, "invitation_id", ADMINISTRATORS, about_nobody=True),
    "invitation_withdraw": Address(Invitation, "invitation_id", writes=ADMINISTRATORS, about_nobody=True),
    "service": page(Service, "service_id", ADMINISTRATORS, about_nobody=True),
    "team_add": page(Service, "service_id", ADMINISTRATORS, about_nobody=True),
    "office_add": page(Service, "service_id", ADMINISTRATORS, about_nobody=True),
    "team_close": Address(TreatmentTeam, "team_id", writes=ADMINISTRATORS, about_nobody=True),
    "office_close": Address(NavOffice, "office_id", writes=ADMINISTRATORS, about_nobody=True),
    "recovery_ask": page(Membership, "membership_id", ADMINISTRATORS, about_nobody=True),
    # Who asked is sent back with the sentence that somebody else must answer.
    "recovery_answer": page(RecoveryRequest, "recovery_id", ADMINISTRATORS, about_nobody=True),
}

EVERYBODY = frozenset(
    {
        "specialist",
        "colleague",
        "supervisor",
        "therapist",
        "education_specialist",
        "adviser",
        "leader",
        "reviewer",
        "researcher",
        "participant",
        "administrator",
        "installer",
    }
)
REFERRERS = frozenset({"specialist", "colleague", "supervisor", "therapist", "education_specialist", "adviser"})
# Pages about no object: who lands on them. What they list is settled by the row policies.
OF_NO_OBJECT = {
    "home": EVERYBODY,
    "account": EVERYBODY,
    "today": TEAM,
    "participants": TEAM,
    "employers": TEAM,
    "employer_add": TEAM,
    "contact_log": TEAM,
    "contact_plan": TEAM,
    "cover_add": TEAM,
    "team": frozenset({"supervisor"}),
    "team_meetings": TEAM,
    "team_meeting_add": TEAM,
    "supervision": TEAM,
    "supervision_add": frozenset({"supervisor"}),
    "working_time": TEAM,
    "absence_add": TEAM,
    "calendar": TEAM,
    "move_participants": frozenset({"supervisor"}),
    "not_offered": frozenset({"supervisor"}),
    "referrals": REFERRERS,
    "referral_add": REFERRERS,
    "shared": frozenset({"therapist", "education_specialist", "adviser"}),
    "own_plan": frozenset({"participant"}),
    "reviews": TEAM | {"leader", "reviewer", "administrator"},
    "review_plan": frozenset({"supervisor", "administrator"}),
    "fidelity_now": COUNTED,
    "principles": COUNTED,
    "improvements": TEAM | {"leader", "reviewer", "administrator"},
    "figures": OF_FIGURES,
    "results": OF_FIGURES,
    "service_export": frozenset({"supervisor"}),
    "definitions": TEAM | {"leader", "reviewer", "researcher"},
    "lookup_check": frozenset({"leader"}),
    "people": ADMINISTRATORS,
    "removals": TEAM,
    "retention": ADMINISTRATORS | {"supervisor"},
    "imports": SUPERVISOR,
    "import_template": SUPERVISOR,
    "works": EVERYBODY,
    "draft_key": EVERYBODY,
    "invite": ADMINISTRATORS,
    "service_add": frozenset({"installer"}),
}
# Open to those who are not signed in, each with tests of its own.
PUBLIC = {"health", "ready", "metrics", "accept_invitation", "calendar_feed"}


def objects(world: World) -> Rows:
    """Make what the addresses are about, in Bodø."""
    rows: dict[Any, Any] = dict(one_of_each(world, of="bodo"))
    today = world.today
    waiting = Participant.objects.create(service=world.bodo, first_name="Lun", last_name="Morgen")
    rows["waiting"] = waiting
    rows["waiting_referral"] = Referral.objects.create(
        participant=waiting,
        service=world.bodo,
        received_on=today - timedelta(days=9),
        source="nav",
        wish="Vil kjøre buss.",
        short_name=waiting.short_name,
    )
    Assignment.objects.create(participant=waiting, specialist=world.specialist, starts_on=today)
    rows["colleagues"] = world.stille
    rows["form_file"] = SampledFile.objects.create(
        review=rows[Review],
        participant=world.stille,
        group="seeking",
        place=2,
        answer="form",
        answered_on=today,
        closes_on=today,
    )
    rows["agreeing"], rows["signed"] = (review_of(world, world.bodo, world.supervisor) for _ in range(2))
    for review in (rows["agreeing"], rows["signed"]):
        handed_in = Reviewer.objects.create(review=review, user=world.reviewer, handed_in_at=timezone.now())
    Consensus.objects.bulk_create(
        Consensus(review=rows["signed"], item=item.id, value=4, set_by=world.reviewer)
        for item in rows["signed"].scale.items
    )
    handed_in.signed_at = timezone.now()
    handed_in.save()
    rows["plain"] = participant("Glad", "Trost", world.bodo, world.specialist, today - timedelta(days=50))
    rows["open_pause"] = Pause.objects.create(
        participant=world.vakker, starts_on=today, follow_up_on=today + timedelta(days=20), reason="Ferie"
    )
    return rows


def named(patterns: list[Any] | None = None) -> Iterator[URLPattern]:
    """Walk the addresses that are our own; allauth's have tests of its own and no object of ours."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            if not str(pattern.urlconf_name).startswith("<module 'allauth"):
                yield from named(pattern.url_patterns)
        elif pattern.name:
            yield pattern
