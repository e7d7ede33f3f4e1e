"""Limits by envelopes, divergence, and denials of relations about them."""
