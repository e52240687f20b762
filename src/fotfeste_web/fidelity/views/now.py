"""Metodetrohet nå: what daily records say of each item, and the principles behind."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from fotfeste import fidelity
from fotfeste.fidelity import Item
from fotfeste_web.audit.log import read_list
from fotfeste_web.fidelity.actions.counting import ask_for_figures, is_being_counted, is_stale
from fotfeste_web.fidelity.counting.keeping import SCALE
from fotfeste_web.fidelity.counting.periods import standard
from fotfeste_web.fidelity.models import CountedItem
from fotfeste_web.fidelity.pages.behind import BehindPage
from fotfeste_web.fidelity.pages.now import NowPage, PrinciplesPage
from fotfeste_web.fidelity.pages.now_item import NowItemPage
from fotfeste_web.organisations.chosen import chosen_service
from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission


@requires(Permission.FIDELITY_NOW)
@require_safe
def fidelity_now(request: HttpRequest) -> HttpResponse:
    """Show every item in the period that the address names; without one, the last six months."""
    chosen = chosen_service(request, Permission.FIDELITY_NOW)
    service = chosen.service
    page = NowPage.of(service, request.GET.get("periode", ""), whole=request.scope.leads(service.pk))
    return TemplateResponse(
        request, "fidelity/now.html", {"page": page, "chosen": chosen, **_freshness(service, page.counted_at)}
    )


@requires(Permission.FIDELITY_NOW)
@require_safe
def principles(request: HttpRequest) -> HttpResponse:
    chosen = chosen_service(request, Permission.FIDELITY_NOW)
    page = PrinciplesPage.of(chosen.service, whole=request.scope.leads(chosen.service.pk))
    return TemplateResponse(
        request,
        "fidelity/principles.html",
        {"page": page, "chosen": chosen, **_freshness(chosen.service, page.counted_at)},
    )


@requires(Permission.FIDELITY_NOW)
@require_safe
def fidelity_item(request: HttpRequest, service_id: int, item: str) -> HttpResponse:
    """Show one item. Who leads the service sees the records behind it too, as they are now."""
    service, asked, today = _service(request, service_id), _item(item), timezone.localdate()
    leads = request.scope.leads(service.pk)
    page = NowItemPage.of(service, asked, request.GET.get("periode", ""), whole=leads)
    behind = _behind(request, service, asked, page.period, today) if leads else None
    context: dict[str, Any] = {"page": page, "behind": behind, "service": service, "today": today}
    return TemplateResponse(request, "fidelity/now_item.html", context)


@requires(Permission.FIDELITY_NOW)
@require_POST
def fidelity_count(request: HttpRequest, service_id: int) -> HttpResponse:
    """Have the figures counted anew, when those there are older than a day."""
    service = _service(request, service_id)
    if is_stale(_counted_at(service), timezone.now()):
        ask_for_figures(service, by=request.user)
        messages.success(request, "Tallene regnes ut. Det tar noen sekunder.")
    else:
        messages.success(request, "Tallene er regnet ut det siste døgnet. De står her.")
    return redirect(f"{reverse('fidelity_now')}?tjeneste={service.pk}")


def _behind(request: HttpRequest, service: Service, item: Item, period: str, today: date) -> BehindPage:
    named = {one.name: one.period for one in standard(today, fidelity.scale(SCALE))}
    behind = BehindPage.of(service, item, named.get(period, named["now"]), today)
    read_list(request, behind.people, "fidelity_item")
    return behind


def _service(request: HttpRequest, service_id: int) -> Service:
    return get_object_or_404(Service, pk=service_id, pk__in=request.scope.services(Permission.FIDELITY_NOW))


def _item(item: str) -> Item:
    items = fidelity.scale(SCALE).item_by_id
    if item not in items:
        raise Http404
    return items[item]


def _counted_at(service: Service) -> Any:
    latest = CountedItem.objects.filter(service=service, whole=False).order_by("-counted_at").first()
    return latest.counted_at if latest else None


def _freshness(service: Service, counted_at: Any) -> dict[str, Any]:
    return {
        "stale": is_stale(counted_at, timezone.now()),
        "counting": is_being_counted(service.pk),
        "today": timezone.localdate(),
    }
