from typing import Any

from fotfeste_web.audit.log import action, record
from fotfeste_web.organisations.models import Service

from .models import ServiceResults
from .tasks import ask_for_figures


@action
def ask_for_results(service: Service, *, by: Any) -> None:
    """Have the results worked out again, in the background."""
    ask_for_figures(service.pk)
    record("results.asked", subject=service, by=by)


@action
def take_away(stored: ServiceResults, *, code: str, by: Any) -> None:
    """Tell that somebody took the results out of Fotfeste, and as what."""
    record("results.downloaded", subject=stored, by=by, code=code)
