from django.urls import path

from fotfeste_web.plans.views import education, profile, search, support, versions

PERSON = "deltakere/<uuid:participant_id>/"

urlpatterns = [
    path(f"{PERSON}karriereprofil/", profile.profile, name="profile"),
    path(f"{PERSON}karriereprofil/jobb/ny/", profile.held_job_add, name="held_job_add"),
    path(f"{PERSON}karriereprofil/utgaver/", versions.profile_versions, name="profile_versions"),
    path(f"{PERSON}karriereprofil/<slug:section>/", profile.profile_section, name="profile_section"),
    path("tidligere-jobb/<int:held_job_id>/", profile.held_job_edit, name="held_job_edit"),
    path(f"{PERSON}apenhet/utgaver/", versions.openness_versions, name="openness_versions"),
    path(f"{PERSON}jobbsokplan/", search.search_plan, name="search_plan"),
    path(f"{PERSON}jobbsokplan/steg/", search.search_plan_step, name="search_plan_step"),
    path(f"{PERSON}jobbsokplan/utgaver/", versions.search_plan_versions, name="search_plan_versions"),
    path(f"{PERSON}jobbsok/", search.applications, name="applications"),
    path(f"{PERSON}jobbsok/ny/", search.application_add, name="application_add"),
    path("jobbsok/<int:application_id>/", search.application_edit, name="application_edit"),
    path(f"{PERSON}jobbstotteplan/", support.support_plan, name="support_plan"),
    path(f"{PERSON}jobbstotteplan/ny/", support.support_measure_add, name="support_measure_add"),
    path(f"{PERSON}jobbstotteplan/utgaver/", versions.support_plan_versions, name="support_plan_versions"),
    path("jobbstotte/<int:measure_id>/", support.support_measure_edit, name="support_measure_edit"),
    path("jobbstotte/<int:measure_id>/slutt/", support.support_measure_end, name="support_measure_end"),
    path("utdanning/<int:education_id>/rediger/", education.education_edit, name="education_edit"),
]
