"""May this be done at all? Answers of a person, asked one by one, with their reasons."""
