Who may not cancel the jobs of an order sees no button to cancel it; a draft invoice is named, and who takes it away.
