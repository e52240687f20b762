"""Folk og roller."""


def test_x(world, sign_in):
    client = sign_in(world.administrator)
    page = client.get("/folk/")
    assert page.status_code == 200
    open("/tmp/p.html", "wb").write(page.content)
