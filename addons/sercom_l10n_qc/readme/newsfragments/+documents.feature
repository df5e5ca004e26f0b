Québec: the RBQ licence and the tax numbers on quotes and invoices, under the names that they have there.
