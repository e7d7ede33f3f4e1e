"""Whole functions: pieces, values at two points, properties."""
