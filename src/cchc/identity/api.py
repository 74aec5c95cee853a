"""The face of identity."""

from cchc.identity.operations.delegating import delegate, end_delegation
from cchc.identity.operations.import_people import (
    Given,
    Roster,
    RosterResult,
    RosterRow,
    check_people,
    import_people,
    password_sheet,
    people_template,
)
from cchc.identity.operations.keys import issue_key, revoke_key
from cchc.identity.operations.people import close_account, create_person, edit_person, reopen_account, reset_password
from cchc.identity.operations.posts import appoint, appoint_person, end_post
from cchc.identity.operations.roles import create_role, edit_role, restore_role
from cchc.identity.operations.seed import seed
from cchc.identity.queries.delegations import DelegationView, StandIn, delegation, delegations_of, stands_in_problems, substitutes_on
from cchc.identity.queries.keys import KeyHolder, KeyView, holder_of_key, keys_of
from cchc.identity.queries.people import Found, PersonRow, PostHeld, find_people, logins, outside, person_row, posts_through_time
from cchc.identity.queries.posts import (
    PostView,
    actor_for,
    agency_of,
    anybody,
    count_posts,
    holders_of,
    names_of,
    people_of,
    post,
    post_on,
    posts_of,
    posts_of_login,
)
from cchc.identity.queries.roles import RoleView, role, role_holders, roles
from cchc.identity.queries.staffing import Staff, staff_of
from cchc.identity.rules.accounts import proposed_login
from cchc.identity.rules.keys import LONGEST_DAYS
from cchc.identity.rules.roster import COLUMNS
from cchc.identity.terms import Account, DelegationState, KeyState, Right, RoleOrigin, RosterVerdict, StandInProblem

# The public promise. A name that is not here belongs to the module alone.
__all__ = [
    "COLUMNS",
    "LONGEST_DAYS",
    "Account",
    "DelegationState",
    "DelegationView",
    "Found",
    "Given",
    "KeyHolder",
    "KeyState",
    "KeyView",
    "PersonRow",
    "PostHeld",
    "PostView",
    "Right",
    "RoleOrigin",
    "RoleView",
    "Roster",
    "RosterResult",
    "RosterRow",
    "RosterVerdict",
    "Staff",
    "StandIn",
    "StandInProblem",
    "actor_for",
    "agency_of",
    "anybody",
    "appoint",
    "appoint_person",
    "check_people",
    "close_account",
    "count_posts",
    "create_person",
    "create_role",
    "delegate",
    "delegation",
    "delegations_of",
    "edit_person",
    "edit_role",
    "end_delegation",
    "end_post",
    "find_people",
    "holder_of_key",
    "holders_of",
    "import_people",
    "issue_key",
    "keys_of",
    "logins",
    "names_of",
    "outside",
    "password_sheet",
    "people_of",
    "people_template",
    "person_row",
    "post",
    "post_on",
    "posts_of",
    "posts_of_login",
    "posts_through_time",
    "proposed_login",
    "reopen_account",
    "reset_password",
    "restore_role",
    "revoke_key",
    "role",
    "role_holders",
    "roles",
    "seed",
    "staff_of",
    "stands_in_problems",
    "substitutes_on",
]
