from django.urls import path

from fotfeste_web.followup.views import advice, follow_up, notes, outreach

PERSON = "deltakere/<uuid:participant_id>/"

urlpatterns = [
    path(f"{PERSON}radgivning/ny/", advice.advice_add, name="advice_add"),
    path("radgivning/<int:advice_id>/", advice.advice_edit, name="advice_edit"),
    path(f"{PERSON}oppsoking/", outreach.outreach, name="outreach"),
    path(f"{PERSON}oppsoking/ny/", outreach.outreach_add, name="outreach_add"),
    path("oppsoking/<int:attempt_id>/", outreach.outreach_edit, name="outreach_edit"),
    path(f"{PERSON}kontaktplan/", outreach.no_show_plan, name="no_show_plan"),
    path(f"{PERSON}oppfolging/", follow_up.follow_up, name="follow_up"),
    path(f"{PERSON}ikke-oppfolging/", follow_up.follow_up_declined, name="follow_up_declined"),
    path(f"{PERSON}notat/ny/", notes.note_add, name="note_add"),
    path("notat/<int:note_id>/", notes.note, name="note"),
    path("notat/<int:note_id>/del/", notes.note_share, name="note_share"),
]
