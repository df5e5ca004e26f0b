Jobs come back by a rule and are billed by visit or by period.
