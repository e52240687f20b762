from django.urls import path

from fotfeste_web.caseload.views import contacts

urlpatterns = [
    path("kontakter/planlegg/", contacts.contact_plan, name="contact_plan"),
    path("kontakter/ny/", contacts.contact_log, name="contact_log"),
    path("kontakter/<int:contact_id>/", contacts.contact, name="contact"),
    path("kontakter/<int:contact_id>/resultat/", contacts.contact_result, name="contact_result"),
    path("kontakter/<int:contact_id>/rediger/", contacts.contact_edit, name="contact_edit"),
]
