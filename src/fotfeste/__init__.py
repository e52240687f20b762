"""The method of IPS: pure Python, without Django, database, network or clock."""
