"""`_thread._local`: attributes of which every green thread sees its own."""

import weakref

from .switching import get_ident

_impls = {}


class _Impl:
    """What all threads share of one local: its arguments, and each thread's attributes."""

    __slots__ = ('__weakref__', 'args', 'dicts', 'kwargs')

    def __init__(self, args, kwargs):
        self.args = args
        self.kwargs = kwargs
        self.dicts = {get_ident(): {}}


def _bind(self):
    impl = object.__getattribute__(self, '_local__impl')
    ident = get_ident()
    attributes = impl.dicts.get(ident)
    if attributes is None:
        attributes = impl.dicts[ident] = {}
        object.__setattr__(self, '__dict__', attributes)
        type(self).__init__(self, *impl.args, **impl.kwargs)
    object.__setattr__(self, '__dict__', attributes)


class _local:
    __slots__ = ('__dict__', '__weakref__', '_local__impl')
    __module__ = '_thread'

    def __new__(cls, /, *args, **kwargs):
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError('Initialization arguments are not supported')
        self = object.__new__(cls)
        impl = _Impl(args, kwargs)
        object.__setattr__(self, '_local__impl', impl)
        _impls[id(impl)] = weakref.ref(impl, lambda _, key=id(impl): _impls.pop(key, None))
        return self

    # No switch happens in code of this package, so the dictionary bound here is still ours one line further.
    def __getattribute__(self, name):
        _bind(self)
        return object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        if name == '__dict__':
            raise AttributeError(f"{type(self).__name__!r} object attribute '__dict__' is read-only")
        _bind(self)
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if name == '__dict__':
            raise AttributeError(f"{type(self).__name__!r} object attribute '__dict__' is read-only")
        _bind(self)
        object.__delattr__(self, name)


def forget(ident):
    """The thread has ended."""
    for reference in list(_impls.values()):
        impl = reference()
        if impl is not None:
            impl.dicts.pop(ident, None)
