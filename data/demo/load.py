"""The demo company: a Québec plumbing and ventilation firm, in the middle of a busy fortnight.

Run in Odoo's shell (``env`` is there) on a fresh database that has the suite and ``l10n_ca``;
``make run`` does it. Masters come first, then the story, told with the public methods that the
office, the technicians and the accountant use, each as its own user.
"""

from odoo.addons.sercom.data.demo.loading import load

load(env)  # noqa: F821, Odoo's shell gives it
env.cr.commit()  # noqa: F821
