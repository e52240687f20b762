"""Work that takes as long as a test says: employers, one after another."""

import time
from typing import Any

from fotfeste_web.audit.log import action, record
from fotfeste_web.background.kinds import Outcome, work_kind
from fotfeste_web.caseload.models import Employer
from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.roles import Permission


@work_kind("slow", name="Arbeidsgivere, én og én", permission=Permission.EMPLOYERS)
def slow(about: dict[str, Any], *, by: Any, progress: Any, **_: Any) -> Outcome:
    _add(about, by=by, progress=progress)
    return Outcome(sentence="De er lagt inn.")


@action
def _add(about: dict[str, Any], *, by: Any, progress: Any) -> None:
    service = Service.objects.get(pk=about["service"])
    for number in range(about["many"]):
        Employer.objects.create(service=service, name=f"{about['name']} {number}", created_by=by)
        progress(number + 1, about["many"])
        time.sleep(about["seconds"])
    record("slow.done", subject=service, by=by, many=about["many"])
