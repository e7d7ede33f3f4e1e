"""Exact algebra: factors, linear systems, zeros and constants in closed form."""
