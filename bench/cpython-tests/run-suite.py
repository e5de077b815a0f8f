"""Runs a suite of CPython's own, one test after the other, and tells of each in a line of JSON. Filled in: the names in braces."""

import base64
import io
import json
import sys
import sysconfig
import traceback
import unittest
import warnings
import zipfile

ARCHIVE, SUITE, FIRST = '{ARCHIVE}', '{SUITE}', int('{FIRST}')
MARK = '\x1e'
# The last words of a test's traceback that are its own: of its file, not of unittest.
FOLDER = '/tmp/cpython-tests'


def tell(**what):
    print(MARK + json.dumps(what), flush=True)


def prepare():
    zipfile.ZipFile(io.BytesIO(base64.b64decode(ARCHIVE))).extractall(FOLDER)
    sys.path.insert(0, FOLDER)
    # Read from a file that is named by the platform.
    sysconfig.get_config_vars()
    # The sockets to be measured are Linux's, and the tests ask the platform which they are.
    sys.platform = 'linux'
    from test import support
    from test.support import threading_helper

    # What a worker has no processes for; threads and sockets it has.
    support.has_fork_support = support.has_subprocess_support = False
    threading_helper.can_start_thread = True


def flatten(suite):
    for part in suite:
        if isinstance(part, unittest.TestSuite):
            yield from flatten(part)
        else:
            yield part


def reason(trace):
    """The first line of the exception, and where in the suite it came from."""
    error = trace[1]
    where = ''
    for step in traceback.extract_tb(trace[2]):
        if step.filename.startswith(FOLDER):
            where = f'{step.name}: {step.line}'
    text = (str(error).splitlines() or [''])[0]
    return f'{type(error).__name__}: {text}', where


class Result(unittest.TestResult):
    outcome, why, where = 'pass', '', ''

    def note(self, outcome, trace):
        if self.outcome == 'pass':
            self.outcome = outcome
            self.why, self.where = reason(trace)

    def addError(self, test, err):
        self.note('error', err)

    def addFailure(self, test, err):
        self.note('fail', err)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.note('fail' if issubclass(err[0], test.failureException) else 'error', err)

    def addSkip(self, test, reason):
        if self.outcome == 'pass':
            self.outcome, self.why = 'skip', reason

    def addUnexpectedSuccess(self, test):
        self.outcome, self.why = 'fail', 'unexpected success'


def main():
    prepare()
    try:
        loaded = unittest.defaultTestLoader.loadTestsFromName(f'test.{SUITE}')
    except unittest.SkipTest as skipped:
        tell(all=0, skipped=str(skipped))
        return
    tests = list(flatten(loaded))
    tell(all=len(tests))
    for number in range(FIRST, len(tests)):
        test = tests[number]
        tell(number=number, test=test.id().removeprefix(f'test.{SUITE}.'))
        result = Result()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter('ignore')
                unittest.TestSuite([test]).run(result)
        except KeyboardInterrupt:
            result.outcome = 'hang'
            result.where = reason(sys.exc_info())[1]
            result.why = 'no end within the limit'
        tell(number=number, outcome=result.outcome, why=result.why, where=result.where)
        if result.outcome == 'hang':
            return


main()
