Work that a phone sent too late for its job is told in words, with its photo; a dispatcher gets one activity for the job and a tile on the home page, and refuses with a reason that the person reads.
