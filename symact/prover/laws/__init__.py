"""Laws of the functions: which values are equal."""
