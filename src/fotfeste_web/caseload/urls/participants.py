from django.urls import path

from fotfeste_web.caseload.views import corrections, participants, plans

PERSON = "deltakere/<uuid:participant_id>/"

urlpatterns = [
    path("deltakere/", participants.participants, name="participants"),
    path(PERSON, participants.participant, name="participant"),
    path(f"{PERSON}opplysninger/", participants.participant_edit, name="participant_edit"),
    path(f"{PERSON}hvem-har-sett/", participants.looks, name="looks"),
    path(f"{PERSON}hvem-har-sett/utskrift/", participants.looks_print, name="looks_print"),
    path(f"{PERSON}kartlegging/", plans.wishes, name="wishes"),
    path(f"{PERSON}apenhet/", plans.openness, name="openness"),
    path(f"{PERSON}neste-steg/ny/", plans.next_step_add, name="next_step_add"),
    path("neste-steg/<int:step_id>/gjort/", plans.next_step_done, name="next_step_done"),
    path("rett/<slug:what>/<int:row_id>/", corrections.correct, name="correct"),
]
