from django.urls import path

from fotfeste_web.caseload.views import sharing

urlpatterns = [
    path("deltakere/<uuid:participant_id>/apne/", sharing.open_colleague, name="open_colleague"),
    path("deltakere/<uuid:participant_id>/deling/ny/", sharing.share_add, name="share_add"),
    path("deling/<int:share_id>/trekk/", sharing.share_withdraw, name="share_withdraw"),
    path("vikar/ny/", sharing.cover_add, name="cover_add"),
    path("vikar/<int:cover_id>/slutt/", sharing.cover_end, name="cover_end"),
]
