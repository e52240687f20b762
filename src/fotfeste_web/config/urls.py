"""Every address of the site."""

from django.conf import settings
from django.urls import include, path

from fotfeste_web.config.drafts import draft_key
from fotfeste_web.config.metrics import metrics
from fotfeste_web.config.views import health, home, ready

handler400 = "fotfeste_web.config.errors.bad_request"
handler500 = "fotfeste_web.config.errors.server_error"

urlpatterns = [
    path("", home, name="home"),
    path("helse/", health, name="health"),
    path("klar/", ready, name="ready"),
    path("metrikk/", metrics, name="metrics"),
    path("utkast/nokkel/", draft_key, name="draft_key"),
    path("", include("fotfeste_web.today.urls")),
    path("", include("fotfeste_web.caseload.urls.participants")),
    path("", include("fotfeste_web.caseload.urls.referrals")),
    path("", include("fotfeste_web.caseload.urls.contacts")),
    path("", include("fotfeste_web.caseload.urls.employers")),
    path("", include("fotfeste_web.caseload.urls.jobs")),
    path("", include("fotfeste_web.caseload.urls.sharing")),
    path("", include("fotfeste_web.sharing.urls")),
    path("", include("fotfeste_web.plans.urls")),
    path("", include("fotfeste_web.followup.urls")),
    path("", include("fotfeste_web.teamwork.urls")),
    path("", include("fotfeste_web.fidelity.urls")),
    path("", include("fotfeste_web.retention.urls")),
    path("", include("fotfeste_web.imports.urls")),
    path("", include("fotfeste_web.figures.urls")),
    path("", include("fotfeste_web.exports.urls")),
    path("", include("fotfeste_web.organisations.urls")),
    path("", include("fotfeste_web.accounts.urls")),
    path("", include("fotfeste_web.background.urls")),
    path("konto/", include("allauth.urls")),
]

if settings.DEMO:
    urlpatterns.append(path("", include("fotfeste_web.demo.urls")))
