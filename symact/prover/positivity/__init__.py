"""Inequalities in several variables by sums of squares times facts."""
