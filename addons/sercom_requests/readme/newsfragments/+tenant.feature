A tenant or caretaker who calls for a known client is noted beside them: the client keeps their own
phone, and the job is told whom to call on site.
