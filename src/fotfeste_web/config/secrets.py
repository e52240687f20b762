import base64


def secret(name):
    return base64.b64encode(b"x" * 32).decode()
