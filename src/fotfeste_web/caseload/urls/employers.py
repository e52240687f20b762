from django.urls import path

from fotfeste_web.caseload.views import employers

urlpatterns = [
    path("arbeidsgivere/", employers.employers, name="employers"),
    path("arbeidsgivere/ny/", employers.employer_add, name="employer_add"),
    path("arbeidsgivere/<int:employer_id>/", employers.employer, name="employer"),
    path("arbeidsgivere/<int:employer_id>/rediger/", employers.employer_edit, name="employer_edit"),
]
