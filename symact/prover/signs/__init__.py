"""Signs of terms on a region, from the signs of their parts."""
