A month that is over is closed with its check-list; what changes later is told with the record, who and when.
