from odoo import api, fields, models

from ...tools.actions import counted_action

FILE_READERS = (
    "fieldservice.group_fsm_user_own,sales_team.group_sale_salesman,account.group_account_invoice"
)


class SercomHistoryMixin(models.AbstractModel):
    """What was done for a client or at a site: counters of a form, and the lists that they open.

    How it works: ``_get_history_sources`` names for each counter the records that it counts; those
    of what is below (contacts of a company, apartments of a building) are counted too.
    """

    _name = "sercom.history.mixin"
    _description = "Requests and files of a client or site"

    request_count = fields.Integer(
        compute="_compute_history_counts", groups="sales_team.group_sale_salesman"
    )
    service_file_count = fields.Integer(compute="_compute_history_counts", groups=FILE_READERS)

    @api.model
    def _get_history_sources(self):
        """Hook: what each counter counts.

        :return: ``{name of the counter: {"model", "link" (its field to this model), "domain",
            "action" (external id of its list)}}``
        """
        return {
            "request_count": {
                "model": "crm.lead",
                "link": "partner_id",
                "domain": [("is_service_request", "=", True)],
                "action": "sercom_requests.sercom_request_action",
            },
            "service_file_count": {
                "model": "sercom.service.file",
                "link": "partner_id",
                "domain": [],
                "action": "sercom_requests.sercom_service_file_action",
            },
        }

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_history_counts(self):
        for name, source in self._get_history_sources().items():
            counts = self._count_history(source)
            for record in self:
                record[name] = counts.get(record._origin.id, 0)

    def _get_history_domain(self, source):
        return [*source["domain"], (source["link"], "child_of", self._origin.ids)]

    def _count_history(self, source):
        """How many records of one source these have, each with all that is below it, by id."""
        # Lost requests are archived.
        model = self.env[source["model"]].with_context(active_test=False)
        if not self._origin.ids or not model.has_access("read"):
            return {}
        groups = model._read_group(self._get_history_domain(source), [source["link"]], ["__count"])
        counts = {}
        for linked, count in groups:
            place = linked.sudo()  # sudo: a number is told, and nothing of who is in between
            while place:
                counts[place.id] = counts.get(place.id, 0) + count
                place = place.parent_id
        return counts

    def _open_history(self, name):
        """Window action of what the counter ``name`` counts.

        :raises AccessError: for who may not read these records, or what is counted
        """
        source = self._get_history_sources()[name]
        self.check_access("read")
        self.env[source["model"]].check_access("read")
        context = {
            "active_test": False,
            f"default_{source['link']}": self.id if len(self) == 1 else False,
        }
        domain = self._get_history_domain(source)
        return counted_action(self.env, source["action"], domain, **context)

    def action_view_service_requests(self):
        """Open the requests of these clients or sites."""
        return self._open_history("request_count")

    def action_view_service_files(self):
        """Open the service files of these clients or sites."""
        return self._open_history("service_file_count")
