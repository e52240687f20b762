"""What has happened cannot lie ahead, and the database says so."""

import pgtrigger


def not_ahead(name: str, *columns: str, when: str = "true") -> pgtrigger.Trigger:
    """Refuse a day after today in any of the columns, of the rows for which ``when`` holds."""
    ahead = " OR ".join(f'NEW."{column}" > CURRENT_DATE' for column in columns)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Condition(f"(({when}) AND ({ahead}))"),
        func=f"RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{name}',"
        " MESSAGE = 'what has happened cannot lie ahead';",
    )
