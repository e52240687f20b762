from django.urls import path

from fotfeste_web.fidelity.views import consensus, files, improvements, now, rating, reviews

urlpatterns = [
    path("kvalitet/", reviews.reviews, name="reviews"),
    path("kvalitet/ny/", reviews.review_plan, name="review_plan"),
    path("kvalitet/<int:review_id>/", reviews.review, name="review"),
    path("kvalitet/<int:review_id>/rediger/", reviews.review_edit, name="review_edit"),
    path("kvalitet/<int:review_id>/rapport/<slug:kind>/", reviews.review_report, name="review_report"),
    path("kvalitet/oppgaver/<int:task_id>/", reviews.review_task, name="review_task"),
    path("kvalitet/<int:review_id>/kilder/ny/", reviews.source_add, name="source_add"),
    path("kvalitet/kilder/<int:source_id>/", reviews.source, name="source"),
    path("kvalitet/<int:review_id>/vurder/", rating.rate, name="rate"),
    path("kvalitet/<int:review_id>/vurder/<slug:item>/", rating.rate_item, name="rate_item"),
    path("kvalitet/<int:review_id>/enighet/", consensus.consensus, name="consensus"),
    path("kvalitet/<int:review_id>/enighet/like/", consensus.consensus_alike, name="consensus_alike"),
    path("kvalitet/<int:review_id>/enighet/trekk/", consensus.signature_withdraw, name="signature_withdraw"),
    path("kvalitet/<int:review_id>/enighet/<slug:item>/", consensus.consensus_item, name="consensus_item"),
    path("kvalitet/<int:review_id>/filer/", files.review_files, name="review_files"),
    path("kvalitet/filer/<int:file_id>/", files.review_file, name="review_file"),
    path("kvalitet/filer/<int:file_id>/svar/", files.file_answer, name="file_answer"),
    path("metodetrohet/", now.fidelity_now, name="fidelity_now"),
    path("metodetrohet/prinsipper/", now.principles, name="principles"),
    path("metodetrohet/<int:service_id>/regn-ut/", now.fidelity_count, name="fidelity_count"),
    path("metodetrohet/<int:service_id>/<slug:item>/", now.fidelity_item, name="fidelity_item"),
    path("tiltaksplan/", improvements.improvements, name="improvements"),
    path("tiltaksplan/ny/<int:review_id>/", improvements.improvement_add, name="improvement_add"),
    path("tiltaksplan/<int:improvement_id>/", improvements.improvement, name="improvement"),
]
