The hours of a client are rounded as agreed with them, where that is not the company's rule.
