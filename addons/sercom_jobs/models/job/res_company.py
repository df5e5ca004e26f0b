from odoo import api, models


class ResCompany(models.Model):
    """Every company has a team of workers, for whatever job is nobody else's."""

    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._create_missing_teams()
        return companies

    def _create_missing_teams(self):
        """Make a team for each of these companies that has none."""
        Team = self.env["fsm.team"].sudo()  # sudo: who makes companies may not make teams
        having = Team._read_group([("company_id", "in", self.ids)], ["company_id"])
        without = self.filtered(lambda company: (company,) not in having)
        names = {company: self.env._("Team of %s", company.name) for company in without}
        # A team's name is its own among all: archived ones, and those of renamed companies too.
        domain = [("name", "in", list(names.values()))]
        taken = set(Team.with_context(active_test=False).search(domain).mapped("name"))
        Team.create(
            [
                {
                    "name": f"{name} ({company.id})" if name in taken else name,
                    "company_id": company.id,
                }
                for company, name in names.items()
            ]
        )
