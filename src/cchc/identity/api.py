"""The face of identity."""

from cchc.identity.operations.people import appoint, create_person
from cchc.identity.operations.seed import seed
from cchc.identity.queries.posts import PostView, actor_for, agency_of, anybody, holders_of, names_of, post, posts_of
from cchc.identity.queries.staffing import Staff, staff_of
from cchc.identity.terms import Right

# The public promise. A name that is not here belongs to the module alone.
__all__ = [
    "PostView",
    "Right",
    "Staff",
    "actor_for",
    "agency_of",
    "anybody",
    "appoint",
    "create_person",
    "holders_of",
    "names_of",
    "post",
    "posts_of",
    "seed",
    "staff_of",
]
