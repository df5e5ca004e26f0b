"""Small jobs of one client, billed together; a part bought at a counter that is on no line."""


def tell(firm, moments):
    month_of_buildings(firm, moments)
    part_of_the_counter(firm, moments)


def month_of_buildings(firm, moments):
    """The manager of two buildings gets one invoice for both, with a section for each."""
    moments.move_to(-6, 16)
    jobs = firm.env["fsm.order"]
    for site, hour, about in (
        ("sherbrooke", 8, "Robinet de la buanderie"),
        ("cremazie", 10, "Robinet de la salle de pause"),
    ):
        job = firm.new_job(
            site,
            [("plumber", 1), ("faucet", 1), ("travel", 1)],
            about,
            description=f"<p>{about} : fuit, à remplacer.</p>",
        )
        firm.plan(job, "kevin", moments.at(-4, hour), 1.0)
        jobs |= job
    for job, hour in zip(jobs, (8, 10), strict=True):
        firm.start(job, "kevin", moments.at(-4, hour))
        firm.finish(job, "kevin", moments.at(-4, hour + 1), signed_by="Concierge")
    moments.move_to(-2, 15)
    own = firm.as_user(jobs, "accountant")
    dialog = own.env["sercom.bill.together"].with_context(own.action_bill_together()["context"])
    invoice = firm.opened(dialog.create({}).action_bill(), "accountant")
    invoice.action_post()
    firm.name("buildings", invoice=invoice)


def part_of_the_counter(firm, moments):
    """Bought in a hurry, used, and put on no line: somebody decides who pays for it."""
    moments.move_to(-4, 13)
    job = firm.new_job(
        "olympia",
        [("plumber", 1), ("travel", 1)],
        "Dripping tap at the dish pit",
        description="<p>Dripping tap at the dish pit.</p>",
    )
    firm.plan(job, "kevin", moments.at(-3, 8), 1.0)
    firm.start(job, "kevin", moments.at(-3, 8))
    moments.set(moments.at(-3, 8, 40))
    order = firm.as_user(firm.env["purchase.order"], "manager").create(
        {
            "partner_id": firm.records["faucet"].sudo().seller_ids[:1].partner_id.id,
            "fsm_order_id": job.id,
            "order_line": [
                (0, 0, {"product_id": firm.records["faucet"].id, "product_qty": 1.0}),
            ],
        }
    )
    order.button_confirm()
    picking = order.picking_ids
    picking.move_ids.quantity = 1.0
    picking.move_ids.picked = True
    picking._action_done()
    firm.finish(job, "kevin", moments.at(-3, 9), "Nick Pappas", "<p>Faucet replaced.</p>")
    firm.name("counter", job=job, order=order)
