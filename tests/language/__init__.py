"""Tests of the claim language, module by module."""
