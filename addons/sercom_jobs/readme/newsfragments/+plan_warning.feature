What speaks against a job's plan is told beside its start and worker while they are typed.
