from . import attachment, link_preview
