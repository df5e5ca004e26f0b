from odoo import fields, models

from ...tools.sla.sla_match import Need


class SercomSlaMixin(models.AbstractModel):
    """A record to which a service level is promised.

    How it works: the policy follows the record (client, services, priority …) until somebody
    chooses another one by hand, or none, which stays. Choosing the one that fits lets it follow
    the record again.

    How to use: a model says in ``@api.depends`` of ``_compute_sla_policy_id`` what the policy
    follows, and puts it in ``_get_sla_need``.
    """

    _name = "sercom.sla.mixin"
    _description = "Record with a service level"

    sla_policy_id = fields.Many2one(
        "sercom.sla.policy",
        "Service Level",
        compute="_compute_sla_policy_id",
        inverse="_inverse_sla_policy_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        groups="base.group_user",
        help="What is promised to the client. Chosen by itself from the client, the services and "
        "the priority; another one chosen here stays.",
    )
    # Not copied: choosing the copied level tells it again.
    is_sla_chosen = fields.Boolean(
        "Service Level Chosen by Hand",
        copy=False,
        groups="base.group_user",
        help="The service level, or none at all, was chosen by hand and stays.",
    )

    def _compute_sla_policy_id(self):
        live = self.filtered(lambda record: record._is_sla_open() and not record.is_sla_chosen)
        for record, policy in live._get_fitting_policies().items():
            record.sla_policy_id = policy
        for record in self - live:
            record.sla_policy_id = record.sla_policy_id

    def _inverse_sla_policy_id(self):
        fitting = self._get_fitting_policies()
        for record in self.sudo():  # sudo: the mark is nobody's to write by hand
            record.is_sla_chosen = record.sla_policy_id != fitting[record]

    def _is_sla_open(self):
        """Whether the service level of this one record still follows it."""
        self.ensure_one()
        return True

    def _get_fitting_policies(self):
        """Policy of each record of the set when nobody chooses one.

        :return: ``{record: policy}``
        """
        found = {}
        # sudo: technicians read no service levels
        for company, records in self.sudo().grouped("company_id").items():
            needs = {record: record._get_sla_need() for record in records}
            found.update(self.env["sercom.sla.policy"]._find_best(needs, company))
        return found

    def _get_sla_need(self):
        """What decides which policy fits this one record."""
        self.ensure_one()
        return self._prepare_sla_need(self.partner_id, self.env["product.product"])

    def _prepare_sla_need(self, client, products, **values):
        categories = products.categ_id
        return Need(
            client=client.commercial_partner_id.id,
            products=frozenset(products.product_tmpl_id.ids),
            categories=frozenset(
                int(category_id)
                for path in categories.mapped("parent_path")
                for category_id in path.strip("/").split("/")
            ),
            kinds=frozenset(self._get_sla_kinds()),
            **values,
        )

    def _get_sla_kinds(self):
        """Hook: kinds of work that this one record is, and that a policy may ask for."""
        return set()
