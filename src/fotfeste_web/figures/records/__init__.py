"""All that one service has recorded, as the records that indicators are computed from.

No table holds these, and the records of them are empty: the milestones of leaders, and the company that a work place
belongs to.
"""

from datetime import date

from fotfeste.indicators.records import Records
from fotfeste_web.caseload.models import Referral

from . import contacts, people, plans, teamwork, work
from .times import Times

__all__ = ["Times", "records_of"]


def records_of(service_id: int, today: date) -> Records:
    """Read everything of one service; the scope of this transaction must reach all of it."""
    referrals = list(Referral.objects.filter(participant__service=service_id).select_related("period", "participant"))
    times = Times(referrals)
    specialists, supervisor_posts = people.staff(service_id)
    jobs, job_ends = work.jobs(service_id, times)
    return Records(
        participants=people.participants(referrals, today),
        referrals=tuple(map(people.referral_record, referrals)),
        specialists=specialists,
        assignments=people.assignments(service_id, times),
        rounds=contacts.rounds(service_id),
        contacts=contacts.contacts(service_id, times),
        jobs=jobs,
        absences=teamwork.absences(service_id),
        education=people.education(service_id, times),
        pauses=people.pauses(service_id, times),
        team_memberships=teamwork.team_memberships(service_id),
        team_meetings=teamwork.team_meetings(service_id),
        supervisions=teamwork.supervisions(service_id),
        supervisor_posts=supervisor_posts,
        week_reviews=teamwork.week_reviews(service_id),
        other_work=teamwork.other_work(service_id),
        weekly_hours=teamwork.weekly_hours(service_id),
        job_ends=job_ends,
        declined=work.declined(service_id, times),
        step_downs=work.step_downs(service_id, times),
        advice=work.benefits_advice(service_id, times),
        outreach=contacts.attempts(service_id, times),
        openness=plans.openness(service_id, times),
        profile_sessions=plans.profile_sessions({referral.participant_id for referral in referrals}, times),
        wishes=plans.wishes(service_id, times),
        applications=plans.applications(service_id, times),
        support_measures=plans.support_measures(service_id, times, today),
        employers=work.employers(service_id),
    )
