"""All tables of one service, for analysis: which, which columns of them, and what each means. Found by the models."""
