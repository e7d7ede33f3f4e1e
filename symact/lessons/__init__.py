"""Lessons: Markdown with claims in fences; collected, judged, held against what is expected."""
