“On my way” goes by text message where the company chooses so.
