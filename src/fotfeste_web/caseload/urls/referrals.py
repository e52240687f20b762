from django.urls import path

from fotfeste_web.caseload.views import phases, referrals

urlpatterns = [
    path("henvisninger/", referrals.referrals, name="referrals"),
    path("henvisninger/ny/", referrals.referral_add, name="referral_add"),
    path("henvisninger/fikk-ikke-tilbud/", referrals.not_offered, name="not_offered"),
    path("henvisninger/<int:referral_id>/", referrals.referral, name="referral"),
    path("henvisninger/<int:referral_id>/avslutt/", referrals.referral_conclude, name="referral_conclude"),
    path("deltakere/<uuid:participant_id>/jobbspesialist/", phases.assign, name="assign"),
    path("deltakere/<uuid:participant_id>/oppstart/", phases.start, name="start"),
    path("deltakere/<uuid:participant_id>/avslutning/", phases.end_period, name="end_period"),
    path("deltakere/<uuid:participant_id>/pause/ny/", phases.pause_add, name="pause_add"),
    path("pause/<int:pause_id>/slutt/", phases.pause_end, name="pause_end"),
    path("deltakere/<uuid:participant_id>/utdanning/ny/", phases.education_add, name="education_add"),
    path("utdanning/<int:education_id>/slutt/", phases.education_end, name="education_end"),
    path("deltakere/<uuid:participant_id>/nedtrapping/ny/", phases.step_down_add, name="step_down_add"),
    path("nedtrapping/<int:step_down_id>/slutt/", phases.step_down_end, name="step_down_end"),
]
