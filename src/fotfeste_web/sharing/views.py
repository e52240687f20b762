from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fotfeste_web.organisations.chosen import chosen_service
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission

from . import actions
from .forms import CheckForm
from .lookups import LookupsPage, last_months

SIGNED_ALREADY = "Måneden er kontrollert og signert allerede."


@requires(Permission.CHECK_LOOKS)
@require_http_methods(["GET", "POST"])
def lookup_check(request: HttpRequest) -> HttpResponse:
    """A month of look-ups that stand out, and the signature. Shows no participant: so no read event."""
    chosen, today = chosen_service(request, Permission.CHECK_LOOKS), timezone.localdate()
    asked = request.GET.get("maned", "")
    month = next((first for first in last_months(today) if asked in ("", f"{first:%Y-%m}")), None)
    if month is None:
        raise Http404
    page = LookupsPage.of(chosen.service, month, today)
    form = CheckForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and page.check:
        form.add_error(None, SIGNED_ALREADY)
    if form.is_valid():
        try:
            actions.sign_check(
                chosen.service, month=month, stood_out=len(page.odd), by=request.user, **form.cleaned_data
            )
        except IntegrityError:  # another leader was quicker
            form.add_error(None, SIGNED_ALREADY)
        else:
            messages.success(request, "Kontrollen er signert.")
            return redirect(f"{reverse('lookup_check')}?tjeneste={chosen.service.pk}&maned={month:%Y-%m}")
    context = {"page": page, "form": form, "chosen": chosen}
    return TemplateResponse(request, "sharing/lookup_check.html", context, status=422 if form.is_bound else 200)
