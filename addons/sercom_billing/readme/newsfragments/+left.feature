Billing says which hours are not approved and what waits beside a draft; Ready to Bill says what each job is worth, and asks for approval.
