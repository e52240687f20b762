def simulate() -> None:
    """Lag et oppdiktet forsøk."""
