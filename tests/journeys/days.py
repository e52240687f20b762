"""Days go by between the steps of a journey: what is recorded moves back, for no clock can be moved on."""

from datetime import timedelta

import pgtrigger
from django.apps import apps
from django.db import transaction
from django.db.models import DateField, Model

from tests.database import as_owner

APPS = ("caseload", "followup", "plans", "sharing", "teamwork", "today")


def days_go_by(days: int) -> None:
    with as_owner(), transaction.atomic(), pgtrigger.ignore():
        for label in APPS:
            for model in apps.get_app_config(label).get_models():
                if not hasattr(model, "pgh_tracked_model"):  # the history keeps its own time
                    _move_back(model, timedelta(days))


def _move_back(model: type[Model], span: timedelta) -> None:
    dated = [field.attname for field in model._meta.concrete_fields if isinstance(field, DateField)]
    # One row at a time, the earliest first: no two periods share a day on the way.
    for row in model._default_manager.order_by(*dated) if dated else ():
        moved = {name: value - span for name in dated if (value := getattr(row, name)) is not None}
        model._default_manager.filter(pk=row.pk).update(**moved)
