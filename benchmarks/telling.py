"""One JSON line a figure."""

import json


def tell(figure: str, **values: object) -> None:
    print(json.dumps({"figure": figure, **values}), flush=True)
