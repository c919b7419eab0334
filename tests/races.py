"""Several hands at once, in real threads."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run acts in threads that start together; return what each answered or raised."""
    barrier = threading.Barrier(len(acts))
    answers: list[Any] = []

    def run(act: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            answers.append(act())
        except Exception as fault:
            answers.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
