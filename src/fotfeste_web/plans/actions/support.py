"""Agree on what helps at work. Each change is a version of the whole plan."""

from typing import Any

from django.utils import timezone

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.audit.versions import ChangedMeanwhile, take
from fotfeste_web.caseload.models import Participant
from fotfeste_web.plans.models import SupportMeasure, SupportPlan


@action
def save_support_plan(participant: Participant, *, version: int, by: User, **values: Any) -> SupportPlan:
    """Save a version of what the plan says beside its measures. The first is version 1: nothing is version 0."""
    plan, _ = SupportPlan.objects.get_or_create(participant=participant, defaults={"version": 0})
    plan = take(plan, version)
    for name, value in values.items():
        setattr(plan, name, value)
    _save(plan, by)
    record("support_plan.saved", subject=plan, by=by, version=plan.version)
    return plan


@action
def add_measure(participant: Participant, *, by: User, **values: Any) -> SupportMeasure:
    plan = _next_version(participant, by)
    measure = SupportMeasure.objects.create(participant=participant, from_version=plan.version, **values)
    record("support_plan.measure_added", subject=measure, by=by, version=plan.version)
    return measure


@action
def change_measure(measure: SupportMeasure, *, by: User, **values: Any) -> SupportMeasure:
    """End a measure and begin the changed one with the same version."""
    plan = _end(measure, by)
    changed = SupportMeasure.objects.create(participant_id=measure.participant_id, from_version=plan.version, **values)
    record("support_plan.measure_changed", subject=changed, by=by, version=plan.version)
    return changed


@action
def end_measure(measure: SupportMeasure, *, by: User) -> SupportMeasure:
    plan = _end(measure, by)
    record("support_plan.measure_ended", subject=measure, by=by, version=plan.version)
    return measure


def _end(measure: SupportMeasure, by: User) -> SupportPlan:
    plan = _next_version(measure.participant, by)  # locks the plan, so that nobody else ends it now
    if not SupportMeasure.objects.filter(pk=measure.pk, until_version=None).update(until_version=plan.version):
        raise ChangedMeanwhile(measure)
    return plan


def _next_version(participant: Participant, by: User) -> SupportPlan:
    SupportPlan.objects.get_or_create(participant=participant, defaults={"version": 0})
    plan = SupportPlan.objects.select_for_update().get(participant=participant)
    plan.version += 1
    return _save(plan, by)


def _save(plan: SupportPlan, by: User) -> SupportPlan:
    plan.updated_by, plan.updated_at = by, timezone.now()
    plan.save()
    return plan
