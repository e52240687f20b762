"""The process of background work: `python -m fotfeste_web.config.worker`, started by `serve`."""

import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException

from fotfeste_web.config.leash import end_with_parent
from fotfeste_web.config.role_check import refuse_unsafe_role

NO_DATABASE = "Bakgrunnsarbeidet får ikke tak i databasen. Det som er bedt om, gjøres når den er tilbake."


def main() -> None:
    end_with_parent()
    try:
        django.setup()
        refuse_unsafe_role(connection)
        connection.close()
        assert isinstance(app.connector, DjangoConnector)
        with app.replace_connector(app.connector.get_worker_connector()):
            app.run_worker(shutdown_graceful_timeout=3)
    except ImproperlyConfigured as error:  # a sentence for the operator, without the way to it
        sys.exit(str(error))
    except (OperationalError, ConnectorException):
        sys.exit(NO_DATABASE)


if __name__ == "__main__":
    main()
