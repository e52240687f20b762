"""What cannot be written any more, and the database says so: after handing in, after a signature, when all have."""

import pgtrigger

ANY_WRITE = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
IS_SIGNED = "SELECT FROM fidelity_review v WHERE v.id = {row}.review_id AND v.locked_at IS NOT NULL"


def refused_while(
    name: str, found: str, *, operation: pgtrigger.Operation = ANY_WRITE, held: str = "SHARE"
) -> pgtrigger.Trigger:
    """Refuse to write while a query finds something, asked of the row as it was and of the row as it would be.

    In ``found`` the row is called ``{row}``. ``held`` is how the rows that say who has handed in and signed are locked
    first, so that nobody does so meanwhile; empty for those rows themselves. Asked after the row policies: whoever may
    not write there at all does not learn how far a review has come.
    """
    lock = "PERFORM FROM fidelity_reviewer WHERE review_id = coalesce(NEW.review_id, OLD.review_id) FOR"
    before, after = found.format(row="OLD"), found.format(row="NEW")
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        func=(f"{lock} {held}; " if held else "")
        + f"IF (TG_OP <> 'INSERT' AND EXISTS ({before})) OR (TG_OP <> 'DELETE' AND EXISTS ({after})) THEN"
        f" RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{name}',"
        " MESSAGE = 'a review that has come this far cannot be changed';"
        " END IF; RETURN NULL;",
    )
