from odoo import models
from odoo.modules.db import FunctionStatus


def _get_number_index(registry):
    if not registry.has_trigram:
        return ""
    is_plain = registry.has_unaccent == FunctionStatus.INDEXABLE
    return f"USING gin ({registry.unaccent('name') if is_plain else 'name'} gin_trgm_ops)"


class FsmOrder(models.Model):
    _inherit = "fsm.order"

    # A caller may know a part of the job's number. The field's own index is OCA's: Odoo makes it
    # no other kind where it is there already.
    _number_idx = models.Index(_get_number_index)
