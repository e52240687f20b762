"""Min plan: what a participant reads of the own way to work, in plain words."""

from dataclasses import dataclass
from datetime import date

from fotfeste.norway.codes import occupations
from fotfeste_web.caseload.models import Job, NextStep, Openness, Participant, Wishes
from fotfeste_web.caseload.pages.jobs import job_title
from fotfeste_web.caseload.pages.looks import Look, LooksPage
from fotfeste_web.caseload.pages.shares import Given, ShareTerms, given_of, shares_of
from fotfeste_web.caseload.status import Status, facts_of, status_on
from fotfeste_web.followup.pages.notes import SharedNote, notes_shared_with
from fotfeste_web.ui.rooms import Card, rooms


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlanPage:
    participant: Participant
    status: Status | None
    wishes: Wishes | None
    occupations: list[str]
    steps: list[NextStep]
    openness: Openness | None
    jobs: list[tuple[str, Job]]
    shares: list[ShareTerms]  # live
    given: list[Given]
    cards: list[Card]  # of other apps
    looks: list[Look]
    notes: list[SharedNote]  # those alone that were shared with the participant

    @classmethod
    def of(cls, participant: Participant, today: date) -> "OwnPlanPage":
        names = occupations()
        return cls(
            participant=participant,
            status=status_on(facts_of([participant.pk])[participant.pk], today),
            wishes=Wishes.objects.filter(participant=participant).first(),
            occupations=[names.get(wish.styrk08).name for wish in participant.wished_occupations.all()],
            steps=list(NextStep.objects.filter(participant=participant, done_on=None)),
            openness=Openness.objects.filter(participant=participant).first(),
            jobs=[
                (job_title(job, job.employer), job)
                for job in Job.objects.filter(participant=participant).select_related("employer").order_by("-starts_on")
            ],
            shares=[share for share in shares_of(participant, today) if not share.ended],
            given=given_of(participant, today),
            cards=[card for room in rooms() for card in room.own_plan(participant, today)],
            looks=LooksPage.of(participant, "1", today=today).looks.object_list,
            notes=notes_shared_with(participant),
        )
