"""The face of figures."""

__all__: list[str] = []
