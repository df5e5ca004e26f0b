{
    "name": "Sercom KPIs",
    "version": "19.0.1.0.0",
    "summary": "Sold, planned, worked and billed hours in figures",
    "category": "Services/Field Service",
    "author": "Sercom",
    "license": "AGPL-3",
    "depends": [
        "sercom_timesheets",
        "spreadsheet_dashboard",
    ],
}
