"""Sign tables of functions of one variable: cells, tails, cuts."""
