"""The roles and what each may do, read from ``policies/roles.yaml``."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

SOURCE = Path(__file__).parent.parent / "policies" / "roles.yaml"
EVERYWHERE = ("places", "work", "services", "intake", "managed", "figures", "checks")


class Permission(StrEnum):
    """What a view may ask for. Each view names one; which roles have it stands in roles.yaml."""

    OWN_ACCOUNT = "own_account"
    TODAY = "today"
    PARTICIPANTS_LIST = "participants_list"
    PARTICIPANT_READ = "participant_read"
    PARTICIPANT_WRITE = "participant_write"
    REFER = "refer"
    CONCLUDE_REFERRAL = "conclude_referral"
    ASSIGN = "assign"
    OPEN_COLLEAGUES = "open_colleagues"
    SET_COVER = "set_cover"
    TEAM = "team"
    TEAMWORK = "teamwork"
    SUPERVISE = "supervise"
    EMPLOYERS = "employers"
    LOG_CONTACT = "log_contact"
    SHARE = "share"
    SHARED_WITH_ME = "shared_with_me"
    OWN_PLAN = "own_plan"
    ZERO_EXCLUSION = "zero_exclusion"
    FIGURES = "figures"
    DEFINITIONS = "definitions"
    REVIEWS = "reviews"
    RATE_REVIEW = "rate_review"
    PLAN_REVIEW = "plan_review"
    DRAW_FILES = "draw_files"
    ACTION_PLAN = "action_plan"
    FIDELITY_NOW = "fidelity_now"
    PEOPLE = "people"
    CHECK_LOOKS = "check_looks"
    CONFIRM_REMOVAL = "confirm_removal"
    RETENTION = "retention"
    EXPORT_SERVICE = "export_service"
    IMPORT_RECORDS = "import_records"


@dataclass(frozen=True, slots=True)
class Role:
    id: str
    name: str
    sees: str
    home: str
    powers: frozenset[str]
    may: frozenset[Permission]

    @staticmethod
    def named(id_: str) -> "Role":
        return roles()[id_]


@cache
def roles() -> dict[str, Role]:
    with SOURCE.open(encoding="utf-8") as file:
        given = yaml.safe_load(file)
    return {
        id_: Role(
            id=id_,
            name=role["name"],
            sees=role["sees"],
            home=role["home"],
            powers=frozenset(role["powers"]),
            may=frozenset(Permission(p) for p in role["may"]) | {Permission.OWN_ACCOUNT},
        )
        for id_, role in given.items()
    }


POWERS = {power: [role.id for role in roles().values() if power in role.powers] for power in EVERYWHERE}
