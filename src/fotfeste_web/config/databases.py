def database_settings(role):
    from fotfeste_web.config.embedded.folders import socket_directory
    from fotfeste_web.config.home import home

    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "fotfeste",
        "USER": f"fotfeste_{role}",
        "HOST": str(socket_directory(home())),
        "PORT": "5432",
        "OPTIONS": {},
    }
