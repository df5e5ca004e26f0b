from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import file_open
from odoo.tools.translate import (
    TranslationImporter,
    get_po_paths,
    translation_file_reader,
)

SUITE = "sercom%"


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        """Translate what Sercom renames in the add-ons it extends.

        A field with a new label ("Location" that became "Site") is still one record, and Odoo
        keeps the translation that its record has: the one of the old label.
        """
        res = super()._load_module_terms(modules, langs, overwrite)
        xmlids = self._get_renamed_xmlids(modules)
        importer = TranslationImporter(self.env.cr, verbose=False)
        for module in dict.fromkeys(xmlid.partition(".")[0] for xmlid in xmlids):
            for lang in langs:
                for path in get_po_paths(module, lang):
                    importer._load(self._read_labels(path), lang, xmlids)
            # One module at a time: the last to rename a field has the last word.
            importer.save(force_overwrite=True)
        return res

    def _read_labels(self, path):
        """Terms of a translation file; one without translation is the same in both languages."""
        with file_open(path, "rb") as file:
            for row in translation_file_reader(file):
                yield {**row, "value": row["value"] or row["src"]}

    @api.model
    def _get_renamed_xmlids(self, modules):
        """External ids that Sercom's add-ons among ``modules`` gave to fields of other add-ons."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT ours.module || '.' || ours.name
                  FROM ir_model_data ours
                 WHERE ours.module = ANY(%(modules)s)
                   AND ours.module LIKE %(suite)s
                   AND ours.model IN ('ir.model', 'ir.model.fields', 'ir.model.fields.selection')
                   AND EXISTS (
                        SELECT FROM ir_model_data theirs
                         WHERE theirs.model = ours.model
                           AND theirs.res_id = ours.res_id
                           AND theirs.module NOT LIKE %(suite)s
                   )
              ORDER BY array_position(%(modules)s, ours.module)
                """,
                modules=list(modules),
                suite=SUITE,
            )
        )
        return [xmlid for [xmlid] in rows]
