from django.urls import path

from fotfeste_web.today.views import own_plan, shared, team, today

urlpatterns = [
    path("i-dag/", today.today, name="today"),
    path("i-dag/senere/<uuid:participant_id>/<slug:rule>/", today.postpone, name="postpone"),
    path("delt/", shared.shared, name="shared"),
    path("min-plan/", own_plan.own_plan, name="own_plan"),
    path("deltakere/<uuid:participant_id>/plan-til-utskrift/", own_plan.own_plan_print, name="own_plan_print"),
    path("team/", team.team, name="team"),
]
