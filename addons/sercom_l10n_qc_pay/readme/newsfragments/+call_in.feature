Québec: who comes to work for less than three hours is paid three, where the firm says so.
