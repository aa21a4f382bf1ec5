"""Review sessions, knowing no database and no web."""
