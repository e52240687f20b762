"""One job specialist's employer contacts of one week, as the supervisor goes through them."""

from dataclasses import dataclass
from datetime import date, timedelta

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.figures_of_contacts import counts, why_not
from fotfeste_web.caseload.models import Contact
from fotfeste_web.organisations.models import Service
from fotfeste_web.teamwork.at_work import AtWork
from fotfeste_web.teamwork.models import WeekReview
from fotfeste_web.teamwork.weeks import WEEK, in_words, slug_of


@dataclass(frozen=True, slots=True)
class ReviewedContact:
    id: int
    on: date
    employer: str
    purpose: str
    counts: bool
    why_not: list[str]
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekReviewPage:
    specialist: str
    week: str
    monday: date
    sunday: date
    contacts: list[ReviewedContact]
    counted: int
    away: bool  # all week
    over: bool
    review: WeekReview | None
    reviewed_by: str
    before: str
    after: str  # empty when the next week has not begun

    @classmethod
    def of(cls, service: Service, specialist: User, monday: date, today: date) -> "WeekReviewPage":
        until = monday + WEEK
        rows = Contact.objects.filter(
            service=service, specialist=specialist, on__gte=monday, on__lt=until, employer__isnull=False
        ).select_related("employer")
        contacts = [
            ReviewedContact(
                contact.pk,
                contact.on,
                contact.employer.name,
                contact.get_purpose_display(),
                counts(contact),
                why_not(contact),
                contact.summary,
            )
            for contact in rows.order_by("on", "starts_at", "pk")
        ]
        found = WeekReview.objects.filter(service=service, specialist=specialist, monday=monday)
        review = found.select_related("reviewed_by").first()
        return cls(
            specialist=specialist.name,
            week=in_words(monday),
            monday=monday,
            sunday=until - timedelta(days=1),
            contacts=contacts,
            counted=sum(contact.counts for contact in contacts),
            away=not AtWork.of([specialist.pk], monday, until).has_worked(specialist.pk, monday),
            over=until <= today,
            review=review,
            reviewed_by=review.reviewed_by.name if review else "",
            before=slug_of(monday - WEEK),
            after=slug_of(until) if until <= today else "",
        )
