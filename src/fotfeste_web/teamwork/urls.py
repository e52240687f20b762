from django.urls import path

from fotfeste_web.teamwork.views import calendar, meetings, moving, reviews, supervision, working_time

urlpatterns = [
    path("teammoter/", meetings.team_meetings, name="team_meetings"),
    path("teammoter/nytt/", meetings.team_meeting_add, name="team_meeting_add"),
    path("teammoter/<int:meeting_id>/", meetings.team_meeting, name="team_meeting"),
    path("veiledning/", supervision.supervision, name="supervision"),
    path("veiledning/ny/", supervision.supervision_add, name="supervision_add"),
    path("veiledning/<int:supervision_id>/", supervision.supervision_one, name="supervision_one"),
    path("gjennomgang/<int:membership_id>/<slug:week>/", reviews.week_review, name="week_review"),
    path("arbeidstid/", working_time.working_time, name="working_time"),
    path("fravar/ny/", working_time.absence_add, name="absence_add"),
    path("fravar/<int:absence_id>/slutt/", working_time.absence_end, name="absence_end"),
    path("behandlingsteam/<int:member_id>/slutt/", working_time.team_member_end, name="team_member_end"),
    path("team/flytt/", moving.move_participants, name="move_participants"),
    path("kalender/", calendar.calendar, name="calendar"),
    path("kalender/<str:token>.ics", calendar.calendar_feed, name="calendar_feed"),
]
