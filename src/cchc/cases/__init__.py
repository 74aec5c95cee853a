"""The one-stop engine: a case from the counter to its result, and the promise made for it."""
