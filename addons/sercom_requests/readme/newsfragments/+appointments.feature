All-day appointments are the whole local day, cancelled ones show so and are not counted, and people who are taken off an appointment are told.
