"""Who may do what: one table, and nothing beside it. A test holds every role against every action."""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal, get_args

Role = Literal["nurse", "pharmacist", "prescriber", "radiotherapy", "read_only", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)

Action = Literal[
    "search_patients",
    "view_patient",
    "view_history",
    "view_agenda",
    "save_plan",
    "print_document",
    "submit_plan",
    "verify_drugs",
    "verify_radiotherapy",
    "release_drugs",
    "release_radiotherapy",
    "export_record",
    "view_audit",
    "make_backup",
    "restore_backup",
    "manage_accounts",
    "change_settings",
    "change_passphrase",
    "take_emergency_access",
    "change_own_password",
]
ACTIONS: tuple[Action, ...] = get_args(Action)

SYSTEM_ACTIONS = (
    "store_created",
    "schema_changed",
    "restored",
    "signed_in",
    "sign_in_refused",
    "locked",
    "unlocked",
    "signed_out",
)
"""What the store notes without anybody having been signed in."""

# An administrator looks after people and files and sees no patient; who reads only changes and prints nothing.
_TABLE = """
                        nurse  pharmacist  prescriber  radiotherapy  read_only  administrator
search_patients         yes    yes         yes         yes           yes        -
view_patient            yes    yes         yes         yes           yes        -
view_history            yes    yes         yes         yes           yes        -
view_agenda             yes    yes         yes         yes           yes        -
save_plan               yes    yes         yes         yes           -          -
print_document          yes    yes         yes         yes           -          -
submit_plan             yes    yes         yes         yes           -          -
verify_drugs            -      yes         -           -             -          -
verify_radiotherapy     -      -           -           yes           -          -
release_drugs           -      yes         yes         -             -          -
release_radiotherapy    -      -           -           yes           -          -
export_record           -      yes         yes         yes           -          -
view_audit              -      yes         -           -             -          yes
make_backup             yes    yes         yes         yes           -          yes
restore_backup          -      -           -           -             -          yes
manage_accounts         -      -           -           -             -          yes
change_settings         -      -           -           -             -          yes
change_passphrase       -      -           -           -             -          yes
take_emergency_access   yes    yes         yes         yes           yes        yes
change_own_password     yes    yes         yes         yes           yes        yes
"""


def _read(table: str) -> MappingProxyType[str, frozenset[str]]:
    head, *lines = (line.split() for line in table.strip().splitlines())
    return MappingProxyType(
        {line[0]: frozenset(role for role, mark in zip(head, line[1:], strict=True) if mark == "yes") for line in lines}
    )


PERMISSIONS = _read(_TABLE)
"""Action -> the roles that may."""

EMERGENCY_GRANTS: frozenset[Action] = frozenset({"view_patient", "view_history", "save_plan", "print_document"})
"""What emergency access adds, for one patient and one hour. Never a signature, never an account."""

EMERGENCY_MINUTES = 60
SHORTEST_REASON = 10


def may(role: Role, action: Action) -> bool:
    """Whether the role alone allows the action."""
    return role in PERMISSIONS[action]
