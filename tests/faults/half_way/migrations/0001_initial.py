"""Lays a table, and then fails, or takes its time."""

import os

from django.db import migrations

THEN = {"fails": "SELECT 'Kari Nilsen'::int", "takes its time": "SELECT pg_sleep(5)"}


class Migration(migrations.Migration):
    operations = [
        migrations.RunSQL("CREATE TABLE half_way (id int); REVOKE ALL ON caseload_participant FROM fotfeste_web"),
        migrations.RunSQL(THEN[os.environ["HALF_WAY"]]),
    ]
