"""SymPy expressions in and out, cross-checks in floating point, fact sheets.

Above: CLI, lessons. Below: prover, language.
"""
