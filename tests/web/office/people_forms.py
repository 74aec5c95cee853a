"""What the forms of people are sent with."""

from tests.world import World


def new_person(world: World, **changes: str) -> dict[str, str]:
    """Return a sound form for a new account."""
    return {
        "full_name": "Nguyễn Thị Hồng Ánh",
        "login": "",
        "email": "",
        "unit": str(world.office.id),
        "role": "case_officer",
        "title": "",
        "since": "20/11/2026",
        "last": "",
        **changes,
    }
