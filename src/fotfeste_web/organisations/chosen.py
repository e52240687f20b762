"""Which service a page is about, for the few who work in several."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from fotfeste_web.rows.roles import Permission

from .models import Service


@dataclass(frozen=True, slots=True)
class Chosen:
    service: Service
    others: list[Service]


def chosen_service(request: HttpRequest, permission: Permission) -> Chosen:
    """Give the service named in the address as ?tjeneste=, or the first; 404 when there is none such."""
    services = list(Service.objects.filter(pk__in=request.scope.services(permission)).order_by("name"))
    asked = request.GET.get("tjeneste")
    chosen = next((s for s in services if asked is None or str(s.pk) == asked), None)
    if chosen is None:
        raise Http404
    return Chosen(chosen, [s for s in services if s != chosen])
