"""The dated facts from which the status follows: periods, assignments, pauses, education, step-down."""

from datetime import date, timedelta

from fotfeste_web.caseload.models import Assignment, Education, EducationState, Pause, Period, Referral, StepDown
from fotfeste_web.demo.story import world as told
from fotfeste_web.demo.story.phrases import lines

from .loaded import Loaded


def load(loaded: Loaded) -> None:
    referrals = {(row.participant_id, row.received_on): row for row in Referral.objects.all()}
    periods: list[Period] = []
    pauses: list[Pause] = []
    educations: list[Education] = []
    step_downs: list[StepDown] = []
    for one, period in loaded.begun():
        participant, closing = loaded.participants[one.key], period.closing
        ends_on = closing.closed_on if closing else None
        periods.append(
            Period(
                participant=participant,
                referral=referrals[participant.pk, period.referral.referred_on],
                starts_on=period.started_on,
                ends_on=ends_on,
                end_reason=closing.reason if closing else "",
                end_note=closing.text if closing else "",
            )
        )
        pauses += [
            Pause(
                participant=participant,
                starts_on=pause.starts_on,
                follow_up_on=pause.follow_up_on,
                ends_on=pause.ends_on,
                reason=pause.reason,
            )
            for pause in period.pauses
        ]
        educations += [
            Education(
                participant=participant,
                place=study.institution,
                programme=study.programme,
                starts_on=study.starts_on,
                ends_on=study.ends_on,
                state=_state(study, loaded.world.today),
                **_study_words(loaded, study),
            )
            for study in period.studies
        ]
        if down := period.step_down:
            step_downs.append(
                StepDown(
                    participant=participant,
                    starts_on=down.starts_on,
                    ends_on=ends_on,
                    taker=loaded.users[down.taker].name,
                    taker_role=down.taker_role,
                    agreement=down.agreement,
                )
            )
    for model, rows in ((Period, periods), (Pause, pauses), (Education, educations), (StepDown, step_downs)):
        model.objects.bulk_create(rows)
    Assignment.objects.bulk_create(
        _assignment(loaded, one, assignment) for one, period in loaded.periods() for assignment in period.assignments
    )


LEVELS = {"Universitetet": "higher", "Fagskolen": "vocational", "Den videregående skolen": "upper_secondary"}


def _study_words(loaded: Loaded, study: told.Study) -> dict[str, str]:
    pick, over = loaded.rng.choice, study.ends_on is not None
    return {
        "level": LEVELS.get(study.institution, "other"),
        "form": "full_time" if study.hours_per_week > 30 else "part_time",
        "support": " ".join(loaded.rng.sample(lines("careers.education.support"), 2)),
        "worked": pick(lines("careers.education.worked")) if over or pick((True, False)) else "",
        "did_not_work": pick(lines("careers.education.did_not_work")) if over and not study.completed else "",
    }


def _state(study: told.Study, today: date) -> EducationState:
    if study.ends_on:
        return EducationState.COMPLETED if study.completed else EducationState.BROKEN_OFF
    return EducationState.GOING_ON if study.starts_on <= today else EducationState.PLANNED


def _assignment(loaded: Loaded, one: told.Participant, given: told.Assignment) -> Assignment:
    assigned_at = loaded.at_work(given.starts_on)
    opened_at = None
    if given.opened_on == given.starts_on:
        opened_at = min(assigned_at + timedelta(minutes=loaded.rng.randrange(5, 120)), loaded.now)
    elif given.opened_on:
        opened_at = loaded.at_work(given.opened_on)
    return Assignment(
        participant=loaded.participants[one.key],
        specialist=loaded.users[given.specialist],
        starts_on=given.starts_on,
        ends_on=given.ends_on,
        assigned_by=loaded.supervisor(one.service),
        assigned_at=assigned_at,
        opened_at=opened_at,
    )
