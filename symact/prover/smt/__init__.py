"""What an SMT solver decides, trusted and marked as such."""
