from datetime import date, datetime, timedelta

# A Tuesday, 15:00 in Montréal.
NOW = datetime(2026, 11, 3, 20)
TODAY = date(2026, 11, 3)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
