Moves of one visit within a few minutes are one message, and a move that is undone sends none. Planned times are whole minutes, an all-day visit is the person's whole day.
