Many jobs are billed in the background, with their progress and what could not be billed.
