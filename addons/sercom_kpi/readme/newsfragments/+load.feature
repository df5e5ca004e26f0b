Load shows what is planned, and sold and not planned yet, against the capacity of four weeks, by team.
