"""Figures that Sercom reckons from clock entries and timesheets."""


def is_figure(field):
    """Whether this add-on computes the field, so that nobody writes it by hand."""
    return field._module == "sercom_timesheets" and bool(field.compute) and field.readonly
