"""The site with one more kind of work."""

from fotfeste_web.config.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.slow"]  # noqa: F405
