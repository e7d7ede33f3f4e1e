"""Tests of the lessons: collecting blocks, and holding verdicts against what is expected."""
