"""What was held cannot lie ahead, and the database says so."""

import pgtrigger


def not_ahead(name: str, column: str, *, held: str = "true") -> pgtrigger.Trigger:
    """Refuse a day after today: of the clocks here, for just after midnight it is still yesterday in UTC."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Condition(f"NEW.\"{column}\" > (now() AT TIME ZONE 'Europe/Oslo')::date AND ({held})"),
        func=f"RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{name}',"
        " MESSAGE = 'what was held cannot lie ahead';",
    )
