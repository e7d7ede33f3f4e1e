"""Tests of the checker; they also run under `python -O` (make test-optimised)."""
