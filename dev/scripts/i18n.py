# Write the suite's translation templates anew and merge them into its French (in Odoo's shell).
from odoo.addons.sercom.tests import translations

for module, template in translations.export(env).items():  # noqa: F821
    path = translations.template_path(module)
    if not template:
        print(f"{module}: no terms")
        continue
    path.parent.mkdir(exist_ok=True)
    template.save(str(path))
    path = translations.translation_path(module)
    translation = translations.merge(translations.read(path), template)
    translation.save(str(path))
    missing = translations.get_missing(translation, template)
    print(f"{module}: {len(template)} terms, {len(missing)} to translate")
    for term in missing:
        print(f"    {term!r}")
