A job's form warns of the client's window where the plan is typed.
