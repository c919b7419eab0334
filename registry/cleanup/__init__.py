"""From a survey to a clean register: what is seen, what is done about it, and by which rules."""
