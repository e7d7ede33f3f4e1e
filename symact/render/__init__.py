"""Output formats: each shows judged claims as they come."""
