"""The face of scoring."""

__all__: list[str] = []
