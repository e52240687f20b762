"""The next edition of the site, whose first step does not work."""

from fotfeste_web.config.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.half_way"]  # noqa: F405
