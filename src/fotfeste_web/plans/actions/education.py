"""Mend what is written about an education."""

from typing import Any

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.audit.versions import take
from fotfeste_web.caseload.models import Education


@action
def change_education(education: Education, *, version: int, by: User, **values: Any) -> Education:
    education = take(education, version)
    for name, value in values.items():
        setattr(education, name, value)
    education.save()
    record("education.changed", subject=education, by=by, version=education.version, state=education.state)
    return education
