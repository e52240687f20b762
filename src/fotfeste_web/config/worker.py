"""The process of background work: `python -m fotfeste_web.config.worker`, started by `serve`."""

import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from fotfeste_web.config.leash import end_with_parent
from fotfeste_web.config.role_check import refuse_unsafe_role


def main() -> None:
    end_with_parent()
    try:
        django.setup()
        refuse_unsafe_role(connection)
    except ImproperlyConfigured as error:  # a sentence for the operator, without the way to it
        sys.exit(str(error))
    connection.close()
    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(shutdown_graceful_timeout=3)


if __name__ == "__main__":
    main()
