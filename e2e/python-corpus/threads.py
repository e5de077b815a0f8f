"""Threads and what is built on them: locks, queues, pools, switches in the middle of work."""

import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor


def check(name, function):
    try:
        result = function()
    except BaseException as error:
        result = f'{type(error).__name__}: {error}'
    print(f'{name:<24}{result!r}')


def run_all(*functions):
    threads = [threading.Thread(target=function) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def counting():
    total = [0]
    lock = threading.Lock()

    def count():
        for _ in range(2_000):
            with lock:
                value = total[0]
                value += 1
                total[0] = value

    run_all(*[count] * 5)
    return total


def busy():
    """A thread that never waits does not keep the others from running."""
    stop, rounds = threading.Event(), [0]

    def spin():
        while not stop.is_set():
            rounds[0] += 1

    thread = threading.Thread(target=spin)
    thread.start()
    time.sleep(0.2)
    stop.set()
    thread.join(5)
    return thread.is_alive(), rounds[0] > 1_000


def produce():
    jobs, done = queue.Queue(3), []

    def producer():
        for number in range(10):
            jobs.put(number)
        jobs.put(None)

    threading.Thread(target=producer).start()
    while (job := jobs.get()) is not None:
        done.append(job)
    simple = queue.SimpleQueue()
    threading.Timer(0.05, simple.put, (7,)).start()
    done.append(simple.get(timeout=5))
    try:
        simple.get(timeout=0.02)
    except queue.Empty:
        done.append('empty')
    return done


def meet():
    barrier, ready, log = threading.Barrier(3), threading.Event(), []
    own, lock = threading.local(), threading.RLock()

    def work(number):
        own.number = number
        barrier.wait()
        ready.wait()
        with lock, lock:
            log.append((number, own.number == number, threading.current_thread().name))

    threads = [threading.Thread(target=work, args=(n,), name=f'worker {n}') for n in range(3)]
    for thread in threads:
        thread.start()
    early = ready.wait(0.02)
    ready.set()
    for thread in threads:
        thread.join()
    return early, sorted(log), hasattr(own, 'number')


def condition():
    done, changed = [], threading.Condition()

    def tell():
        with changed:
            done.append('told')
            changed.notify()

    with changed:
        threading.Thread(target=tell).start()
        heard = changed.wait_for(lambda: done, 5)
    with changed:
        silent = changed.wait(0.02)
    return heard, silent


def semaphore():
    """No more than two at once, however many wait."""
    room, inside, most, lock = threading.BoundedSemaphore(2), [0], [0], threading.Lock()

    def enter():
        with room:
            with lock:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
            time.sleep(0.02)
            with lock:
                inside[0] -= 1

    run_all(*[enter] * 6)
    try:
        room.release()
    except ValueError as error:
        return most, inside, str(error)


def broken_barrier():
    barrier, seen = threading.Barrier(2), []

    def wait():
        try:
            barrier.wait()
        except threading.BrokenBarrierError:
            seen.append('broken')

    thread = threading.Thread(target=wait)
    thread.start()
    while not barrier.n_waiting:
        time.sleep(0.01)
    barrier.abort()
    thread.join()
    return seen, barrier.broken


def pool():
    with ThreadPoolExecutor(4) as workers:
        squares = list(workers.map(lambda n: (time.sleep(0.02), n * n)[1], range(8)))
        failed = workers.submit(lambda: 1 / 0)
        return squares, repr(failed.exception())


def hook():
    seen, usual = [], threading.excepthook
    threading.excepthook = lambda what: seen.append((what.exc_type.__name__, what.thread.name))
    thread = threading.Thread(target=lambda: 1 / 0, name='broken')
    thread.start()
    thread.join()
    threading.excepthook = usual
    return seen


def lock_rules():
    lock = threading.Lock()
    return lock.acquire(), lock.acquire(False), lock.acquire(timeout=0.02), lock.release(), lock.locked()


check('counting', counting)
check('busy', busy)
check('queue', produce)
check('barrier, event, local', meet)
check('condition', condition)
check('semaphore', semaphore)
check('broken barrier', broken_barrier)
check('pool', pool)
check('hook', hook)
check('lock', lock_rules)
check('release unlocked', lambda: threading.Lock().release())
check('sleep backwards', lambda: time.sleep(-1))
check('main', lambda: (threading.current_thread().name, threading.main_thread() is threading.current_thread()))
