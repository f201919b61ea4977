"""Plans and calendars."""
