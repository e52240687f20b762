"""The service: a Django site on the method in fotfeste."""
