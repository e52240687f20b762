"""The privacy and operations papers whose tables are made from what the site itself reads: models, rules, policies."""
