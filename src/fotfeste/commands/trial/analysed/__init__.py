"""An analysed trial as people and programs read it: JSON, tables, words and the report."""
