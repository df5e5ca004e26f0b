A quote or a job may not exceed an amount: hours, parts and fees over it wait for a change order or a spoken consent.
