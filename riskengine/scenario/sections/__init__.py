"""Reading each part of a scenario: tasks, risks, calendars, gates and the rest."""
