class EmbeddedPostgresError(RuntimeError):
    """The embedded server cannot be used; the message says to the operator what to do."""
