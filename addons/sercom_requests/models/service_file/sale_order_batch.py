from odoo import api, models

from ...tools.together import FOLLOWED_TOGETHER


class SaleOrder(models.Model):
    """Many orders made at once: what Odoo looks up for each of them is looked up once."""

    _inherit = "sale.order"

    @api.model
    def _create_together(self, vals_list):
        """Make several orders as ``create`` does; the queries do not grow with their number.

        :param list vals_list: values without a name
        """
        vals_list = self.env["ir.sequence"]._number_orders(vals_list)
        vals_list = self._add_default_documents(self._add_warehouses(vals_list))
        followed = []
        orders = FOLLOWED_TOGETHER(self, (self._name, followed)).create(vals_list)
        orders = orders.with_env(self.env)
        orders._subscribe_together(followed)
        return orders

    @api.model
    def _add_default_documents(self, vals_list):
        """Values with the documents that the quotation builder adds by default, if it is there."""
        name = "quotation_document_ids"
        if name not in self._fields or all(name in vals for vals in vals_list):
            return vals_list
        defaults = self.default_get([name])
        return [{**defaults, **vals} for vals in vals_list]

    @api.model
    def _add_warehouses(self, vals_list):
        """Values with the warehouse that stock would choose: one company's and salesperson's."""
        if "warehouse_id" not in self._fields:
            return vals_list
        known, completed = {}, []
        for vals in vals_list:
            names = {"company_id", "partner_id", "user_id", "warehouse_id"} & vals.keys()
            order = self.new({name: vals[name] for name in names})
            key = order.company_id, order.user_id
            if key not in known:
                known[key] = order.warehouse_id.id
            completed.append({"warehouse_id": known[key], **vals})
        return completed

    def _subscribe_together(self, followed):
        """Have these new orders followed by whom mail would have had follow each.

        :param list followed: ``(orders, values, policy)`` of ``_message_auto_subscribe``
        """
        relations = self.env["mail.message.subtype"]._get_auto_subscription_subtypes(self._name)[4]
        names = sorted({"user_id"}.union(*relations.values()) & self._fields.keys())
        groups = {}
        for orders, vals, policy in followed:
            key = policy, *(vals.get(name) for name in names)
            groups.setdefault(key, (vals, []))[1].extend(orders.ids)
        for (policy, *_values), (vals, ids) in groups.items():
            self.browse(ids)._message_auto_subscribe(vals, policy)
