from django.urls import path

from fotfeste_web.caseload.views import jobs

urlpatterns = [
    path("deltakere/<uuid:participant_id>/jobb/ny/", jobs.job_add, name="job_add"),
    path("jobber/<int:job_id>/", jobs.job, name="job"),
    path("jobber/<int:job_id>/rediger/", jobs.job_edit, name="job_edit"),
    path("jobber/<int:job_id>/begynt/", jobs.job_begin, name="job_begin"),
    path("jobber/<int:job_id>/slutt/", jobs.job_end, name="job_end"),
    path("jobber/<int:job_id>/vilkar/ny/", jobs.term_add, name="term_add"),
]
