from . import base_document_layout, res_company, res_config_settings
