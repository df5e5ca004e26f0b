Quotes are grouped and sorted by their status, expired ones included.
