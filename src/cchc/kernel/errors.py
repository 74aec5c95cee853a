"""What a face raises when it says no. The message is Vietnamese, complete, and says what to do."""


class Refused(Exception):  # noqa: N818 (a refusal is an answer, not an accident)
    """The act is not possible, and here is why.

    ``message`` is a whole Vietnamese sentence for the person who acted. ``field`` names the input that must change, as the
    operation's parameter is called, or is empty when the mistake is not in one place.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Invalid(Refused):
    """Several inputs are wrong at once. ``problems`` maps a parameter's name to its sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        first = next(iter(problems))
        super().__init__(problems[first], field=first)
        self.problems = problems


class NotAllowed(Refused):
    """The person lacks the right. ``right`` is the missing one."""

    def __init__(self, right: str, message: str) -> None:
        super().__init__(message)
        self.right = right


class NotFound(Refused):
    """There is no such thing."""


class Conflict(Refused):
    """Somebody else was faster: the thing changed since the person looked at it."""
