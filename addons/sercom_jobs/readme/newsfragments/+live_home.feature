The home page hears of jobs and visits that change, and counts them anew at once.
