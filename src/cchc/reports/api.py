"""The face of reports."""

__all__: list[str] = []
