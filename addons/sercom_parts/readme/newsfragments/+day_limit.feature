What somebody may pick up at counters without being asked is a limit of the day, all slips together.
