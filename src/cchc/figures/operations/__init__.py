"""Keeping the rollups true, importing values, contesting."""
