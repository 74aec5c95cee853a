"""The display of figures: for everybody, for leaders, on a wall. Pages without tables of their own."""
