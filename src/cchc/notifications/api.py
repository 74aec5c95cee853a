"""The face of notifications."""

# The public promise. A name that is not here belongs to the module alone.
__all__: list[str] = []
