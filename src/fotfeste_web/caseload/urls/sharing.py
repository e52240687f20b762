from django.urls import path

from fotfeste_web.caseload.views import shares, sharing

PERSON = "deltakere/<uuid:participant_id>/"

urlpatterns = [
    path(f"{PERSON}apne/", sharing.open_colleague, name="open_colleague"),
    path(f"{PERSON}deling/", shares.shares, name="shares"),
    path(f"{PERSON}deling/ny/", shares.share_add, name="share_add"),
    path(f"{PERSON}gi-opplysninger/", shares.disclose, name="disclose"),
    path(f"{PERSON}gitt/", shares.disclosures, name="disclosures"),
    path("deling/<int:share_id>/trekk/", shares.share_withdraw, name="share_withdraw"),
    path("vikar/ny/", sharing.cover_add, name="cover_add"),
    path("vikar/<int:cover_id>/slutt/", sharing.cover_end, name="cover_end"),
]
