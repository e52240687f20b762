"""Which tables are taken out: each that leads to a service, but for those that are named here with the reason."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from fotfeste_web.caseload.models import Participant
from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.kept import rules_by_table

LEFT_OUT = {
    "organisations_invitation": "Om folk som er bedt inn, ikke om arbeidet.",
    "sharing_lookupcheck": "Lederens kontroll av innsyn.",
    "teamwork_supervisionnotes": "Det to har sagt mellom seg.",
    "fidelity_personnote": "Notat om personer, som slettes etter en kvalitetsvurdering.",
    "today_postponement": "Den enkeltes egen huskeliste.",
    "retention_removal": "Om oppføringer som var feil.",
    "retention_sealed": "Om oppføringer som er slettet.",
    "retention_export": "Om utskrift til arkivet.",
    "figures_servicefigures": "Ferdig regnede tall. De lastes ned fra «Resultater».",
    "figures_serviceresults": "Ferdig regnede tall. De lastes ned fra «Resultater».",
    "exports_extract": "Om datauttakene selv.",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A table, and how its rows lead to their service."""

    model: type[models.Model]
    path: str

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def label(self) -> str:
        return rules_by_table()[self.name].label

    def of(self, service_id: int) -> models.QuerySet:
        return self.model._default_manager.filter(**{self.path: service_id}).order_by("pk")


def chosen_tables() -> Iterator[Chosen]:
    """Give them in the order of the apps. What leads to no service is a log, an account or bookkeeping."""
    for model in apps.get_models():
        if hasattr(model, "rows") and model._meta.db_table not in LEFT_OUT and (path := path_to_service(model)):
            yield Chosen(model, path)


def path_to_service(model: type[models.Model]) -> str | None:
    if model is Service:
        return "pk"
    fields = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    for nearest in (Service, Participant):
        if own := next((field for field in fields if field.related_model is nearest), None):
            return own.name if nearest is Service else f"{own.name}__service"
    paths = (
        f"{field.name}__{path}"
        for field in fields
        if field.related_model is not model and (path := path_to_service(field.related_model))
    )
    return next(paths, None)
