from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from fotfeste_web.organisations.chosen import chosen_service
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission

from .models import ServiceFigures
from .pages import DefinitionsPage, FiguresPage


@requires(Permission.FIGURES)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    chosen = chosen_service(request, Permission.FIGURES)
    latest = ServiceFigures.objects.filter(service=chosen.service).first()
    context = {"chosen": chosen, "page": FiguresPage.of(latest) if latest else None}
    return TemplateResponse(request, "figures/figures.html", context)


@requires(Permission.DEFINITIONS)
@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "figures/definitions.html", {"page": DefinitionsPage.of()})
