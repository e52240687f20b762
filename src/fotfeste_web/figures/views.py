from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste.documents import docx, pdf
from fotfeste_web.organisations.chosen import Chosen, chosen_service
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission

from . import actions, downloads
from .forms import ComparisonForm
from .models import Audience, ServiceFigures, ServiceResults
from .pages import DefinitionsPage, FiguresPage
from .results_page import ResultsPage
from .yearly import report

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REPORTS = {"pdf": (pdf, "application/pdf"), "docx": (docx, WORD)}


@requires(Permission.FIGURES)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    chosen = chosen_service(request, Permission.FIGURES)
    latest = ServiceFigures.objects.filter(service=chosen.service).first()
    outcomes = ServiceResults.objects.filter(service=chosen.service, audience=Audience.READERS).first()
    context = {"chosen": chosen, "page": FiguresPage.of(latest, outcomes) if latest else None}
    return TemplateResponse(request, "figures/figures.html", context)


@requires(Permission.FIGURES)
@require_http_methods(["GET", "HEAD", "POST"])
def results(request: HttpRequest) -> HttpResponse:
    chosen = chosen_service(request, Permission.FIGURES)
    stored = ServiceResults.objects.filter(service=chosen.service).first()
    stale = stored is None or stored.on < timezone.localdate()
    if request.method == "POST":
        if stale:
            actions.ask_for_results(chosen.service, by=request.user)
            messages.success(request, "Tallene regnes ut. Last siden på nytt om et øyeblikk.")
        else:
            messages.info(request, "Tallene er fra i dag.")
        return redirect(f"{reverse('results')}?tjeneste={chosen.service.pk}")
    form = ComparisonForm(request.GET)
    if not form.is_valid():
        raise Http404
    page = ResultsPage.of(stored, **form.chosen()) if stored else None
    context = {"chosen": chosen, "page": page, "stale": stale}
    return TemplateResponse(request, "figures/results.html", context)


@requires(Permission.FIGURES)
@require_safe
def results_download(request: HttpRequest, format: str) -> HttpResponse:
    chosen, stored = _stored(request)
    if format not in downloads.FORMATS:
        raise Http404
    actions.take_away(stored, code=format, by=request.user)
    made = downloads.FORMATS[format]
    return _file(made.write(stored, str(chosen.service)), made.type, f"resultater-{stored.on}.{format}")


@requires(Permission.FIGURES)
@require_safe
def yearly_report(request: HttpRequest, year: int) -> HttpResponse:
    chosen, stored = _stored(request)
    code = request.GET.get("som", "pdf")
    if code not in REPORTS or str(year) not in {span[0] for span in stored.results["spans"]}:
        raise Http404
    actions.take_away(stored, code=f"report_{code}", by=request.user)
    write, type = REPORTS[code]
    return _file(write(report(stored, chosen.service, year)), type, f"arsrapport-{year}.{code}")


@requires(Permission.DEFINITIONS)
@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "figures/definitions.html", {"page": DefinitionsPage.of()})


def _stored(request: HttpRequest) -> tuple[Chosen, ServiceResults]:
    """The newest results of the service asked for: whole or not, as the row rule lets this person see them."""
    chosen = chosen_service(request, Permission.FIGURES)
    stored = ServiceResults.objects.filter(service=chosen.service).first()
    if stored is None:
        raise Http404
    return chosen, stored


def _file(content: bytes, type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
