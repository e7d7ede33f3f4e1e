"""Definite integrals by antiderivatives and by enclosures."""
