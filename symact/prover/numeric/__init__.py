"""Numerical looks by balls: for choosing what to prove, never evidence."""
