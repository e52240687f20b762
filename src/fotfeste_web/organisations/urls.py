from django.urls import path

from .views import invitations, people, places

urlpatterns = [
    path("folk/", people.people, name="people"),
    path("folk/inviter/", invitations.invite, name="invite"),
    path("folk/invitasjoner/<int:invitation_id>/", invitations.invitation, name="invitation"),
    path("folk/invitasjoner/<int:invitation_id>/trekk/", invitations.invitation_withdraw, name="invitation_withdraw"),
    path("folk/<int:membership_id>/", people.membership, name="membership"),
    path("folk/<int:membership_id>/avslutt/", people.membership_end, name="membership_end"),
    path("tjenester/ny/", places.service_add, name="service_add"),
    path("tjenester/<int:service_id>/", places.service, name="service"),
    path("tjenester/<int:service_id>/behandlingsteam/ny/", places.team_add, name="team_add"),
    path("tjenester/<int:service_id>/nav-kontor/ny/", places.office_add, name="office_add"),
    path("behandlingsteam/<int:team_id>/nedlegg/", places.team_close, name="team_close"),
    path("nav-kontor/<int:office_id>/nedlegg/", places.office_close, name="office_close"),
    path("inn/<str:token>/", invitations.accept_invitation, name="accept_invitation"),
]
