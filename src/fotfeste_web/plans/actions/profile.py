"""Write in the career profile, section by section, and of the jobs held before."""

from typing import Any

from django.utils import timezone

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.audit.versions import ChangedMeanwhile, take
from fotfeste_web.caseload.models import Participant
from fotfeste_web.plans.models import CareerProfile, HeldJob


@action
def save_section(
    participant: Participant, *, section: str, version: int, values: dict[str, Any], by: User
) -> CareerProfile:
    """Save one section as a version of the profile. Somebody who writes in another section is in nobody's way."""
    CareerProfile.objects.get_or_create(participant=participant, defaults={"version": 0})
    profile = CareerProfile.objects.select_for_update().get(participant=participant)
    if profile.version != version and _changed_since(profile, version, values):
        raise ChangedMeanwhile(profile)
    for name, value in values.items():
        setattr(profile, name, value)
    profile.version += 1
    profile.updated_by, profile.updated_at = by, timezone.now()
    profile.save()
    record("profile.section_saved", subject=profile, by=by, section=section, version=profile.version)
    return profile


def _changed_since(profile: CareerProfile, version: int, values: dict[str, Any]) -> bool:
    """Tell whether somebody made any of these fields another than it was when opened, and than it is to be."""
    versions = CareerProfile.pgh_event_model.objects.filter(pgh_obj_id=profile.pk, version=version)
    opened = versions.order_by("-pgh_id").first()
    return any(getattr(profile, name) not in (getattr(opened, name, ""), value) for name, value in values.items())


@action
def add_held_job(participant: Participant, *, by: User, **values: Any) -> HeldJob:
    job = HeldJob.objects.create(participant=participant, updated_by=by, **values)
    record("profile.held_job_added", subject=job, by=by)
    return job


@action
def change_held_job(job: HeldJob, *, version: int, by: User, **values: Any) -> HeldJob:
    job = take(job, version)
    for name, value in values.items():
        setattr(job, name, value)
    job.updated_by, job.updated_at = by, timezone.now()
    job.save()
    record("profile.held_job_changed", subject=job, by=by, version=job.version)
    return job
