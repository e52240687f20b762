"""How fast the results of a service are worked out: twelve job specialists and two years, and so for several."""

import time
from collections.abc import Callable
from datetime import date
from typing import Any

from benchmarks.fidelity import END, SPECIALISTS, service
from fotfeste_web.figures.readers import for_readers
from fotfeste_web.figures.results import results_of

Tell = Callable[..., None]
TODAY = date(END.year, END.month, END.day)


def results(tell: Tell) -> None:
    records = service(0)
    told = {"job_specialists": SPECIALISTS, "quarters": 8, "target_seconds": 1}
    whole, clock, processor = _timed(lambda: results_of(records, TODAY))
    tell("results, every indicator by quarter and job specialist", seconds=clock, processor_seconds=processor, **told)
    _, clock, processor = _timed(lambda: for_readers(whole))
    tell("results, small numbers hidden", seconds=clock, processor_seconds=processor, **told)
    for services in (1, 10, 100):
        each = [service(number) for number in range(services)]
        _, clock, processor = _timed(lambda each=each: [for_readers(results_of(one, TODAY)) for one in each], times=1)
        tell(
            f"results, {services} services one after another",
            seconds=clock,
            processor_seconds=processor,
            processor_seconds_a_service=round(processor / services, 3),
        )


def _timed(run: Callable[[], Any], times: int = 3) -> tuple[Any, float, float]:
    clock, processor = [], []
    for _ in range(times):
        began, used = time.perf_counter(), time.process_time()
        made = run()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - used)
    return made, round(min(clock), 3), round(min(processor), 3)


if __name__ == "__main__":
    from benchmarks.telling import tell

    results(tell)
