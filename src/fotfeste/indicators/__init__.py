"""What a service's daily records say: the records themselves, and figures worked out from them."""
