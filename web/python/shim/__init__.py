"""Blocking sockets and threads for Python in a browser tab: install() puts them under the standard library."""

import asyncio
import os
import sys
import time


def install():
    import _frozen_importlib
    import select

    from . import arguments, compiled, descriptors, errnos, failures, files, late, polling, socket_module
    from . import machine, stdio, switching, system, threads, tracebacks

    switching.install()
    errnos.install()
    late.install()
    tracebacks.install()
    thread_module = threads.make_module()
    sys.modules['_thread'] = thread_module
    _frozen_importlib._thread = thread_module
    time.sleep = arguments.builtin(stdio.sleep)
    compiled.reload('threading')
    # Its C version waits on locks of C.
    sys.modules['_queue'] = None
    sys.modules['_socket'] = socket_module.make_module()
    polling.install(select)
    descriptors.install()
    socket_module.hide_missing(sys.modules['socket'])
    for name in ('socket', 'selectors', 'queue', 'logging'):
        compiled.reload(name)
    socket_module.hide_missing(sys.modules['socket'])
    _forget('concurrent.futures', 'socketserver', 'http', 'urllib.request', 'multiprocessing')
    stdio.install()
    files.install()
    system.install()
    machine.install()
    # It is there and fails; without it the standard library offers no ForkingMixIn, as on Windows.
    socket_module.remove(os, [name for name in ('fork', 'forkpty') if hasattr(os, name)])
    # All processes start from one snapshot of memory: reseed `random`.
    if 'random' in sys.modules:
        sys.modules['random'].seed()
    # A real selector loop on our sockets, in place of the one that runs on the browser's event loop.
    asyncio.events._event_loop_policy = None
    asyncio.events._set_running_loop(None)
    asyncio.run = asyncio.runners.run
    failures.install()


def _forget(*packages):
    for name in list(sys.modules):
        if any(name == package or name.startswith(f'{package}.') for package in packages):
            del sys.modules[name]
