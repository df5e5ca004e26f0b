# Compile the web client's bundles ahead of the first visitor (run in Odoo's shell).
BUNDLES = (
    "web.assets_web",
    "web.assets_web_print",
    "web.assets_frontend",
    "web.assets_frontend_minimal",
    "web.assets_frontend_lazy",
    "web.report_assets_common",
    "web.report_assets_pdf",
)
for name in BUNDLES:
    bundle = env["ir.qweb"]._get_asset_bundle(name)  # noqa: F821
    bundle.js()
    bundle.css()
env.cr.commit()  # noqa: F821
