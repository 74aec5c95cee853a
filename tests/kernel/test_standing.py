"""Readings are kept only while somebody promises that nothing they rest on changes."""

from cchc.kernel.standing import kept, moving, standing

ASKED: list[object] = []


@kept
def ask(*what: object) -> int:
    ASKED.append(what)
    return len(ASKED)


def test_nothing_is_kept_without_the_promise() -> None:
    assert ask("a") != ask("a")


def test_a_reading_is_kept_by_its_arguments_until_the_end() -> None:
    with standing():
        first = ask("a")
        assert ask("a") == first
        assert ask("b") != first
    assert ask("a") != first


def test_what_moves_is_read_anew_inside_and_afterwards() -> None:
    with standing():
        first = ask("a")
        with moving():
            assert ask("a") != ask("a")
        assert ask("a") > first
        assert ask("a") == ask("a")


def test_arguments_without_a_hash_are_never_kept() -> None:
    with standing():
        assert ask(["a"]) != ask(["a"])
