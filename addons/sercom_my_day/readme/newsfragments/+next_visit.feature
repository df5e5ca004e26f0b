A next visit that was asked for shows on its job, with what became of it.
