"""Who is offered as a client."""

# Neither the address of a site nor a worker, unless they were billed already: a household may be
# its own site, and a worker have a leak at home.
CLIENT_DOMAIN = [
    "|",
    ("customer_rank", ">", 0),
    "&",
    ("fsm_location", "=", False),
    ("fsm_person", "=", False),
]
