"""Tests of `symact.explain`."""
