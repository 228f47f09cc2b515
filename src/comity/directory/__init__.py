"""Who speaks for a State: cards, the roots they hang on, and which key was valid when."""
