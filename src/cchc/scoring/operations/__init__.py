"""What happens when points are computed, or published ones come in."""
