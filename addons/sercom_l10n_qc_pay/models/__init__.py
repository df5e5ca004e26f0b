from . import hr_employee, res_company, res_config_settings, sercom_pay_line, sercom_pay_sheet
