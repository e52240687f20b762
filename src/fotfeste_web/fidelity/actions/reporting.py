"""A signed review leaves the site as a file: who took it, and when."""

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.fidelity.models import Review


@action
def report_downloaded(review: Review, *, kind: str, by: User) -> None:
    record("review.report_downloaded", subject=review, by=by, kind=kind)
