Clients read, approve, refuse and pay in the firm's words; the office is told once of each answer.
