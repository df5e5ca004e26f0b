Clock entries become timesheets that are approved and locked; corrections keep the original.
