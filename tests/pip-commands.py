#!/usr/bin/env python3
"""Run pip's own tests of list, show, freeze, inspect and uninstall against the program.

    tests/pip-commands.py --peer-tests DIR --repository GITDIR --resolver EXE --work DIR [--control] [FILE...]

--peer-tests is the folder with pip-tests.py and pip_adapter.py, which run pip's tests of install and check. Their
preparation and translation are used here; pip itself installs. --repository is a git directory of pypa/pip. FILE is
list, show, freeze, inspect, uninstall, or any other functional test of pip; without one, these five run. Each call, its
translation and the answer are in DIR/commands.log.

Assertions about standard output stay where the program promises pip's output (list, show, freeze, inspect); those about
pip's messages are removed. Tests that need a network, and options that the program does not have, are skipped.
With --control, pip answers everything: what fails then is the environment's fault.
"""
import argparse
import ast
import ensurepip
import os
import pathlib
import shutil
import subprocess
import sys
import zipfile

COMMANDS = ['list', 'show', 'freeze', 'inspect', 'uninstall']
# Its output is a message, as opposed to a result.
WITHOUT_RESULT = 'uninstall'


class WithoutMessages(ast.NodeTransformer):
    """Removes assertions about standard error."""

    def visit_Assert(self, node):
        text = ast.unparse(node.test)
        return ast.copy_location(ast.Pass(), node) if 'stderr' in text else node


def prepare(options, work):
    """Has the shared runner make pip's source and its environment ready. It removes every assertion about output, so
    that files whose output counts are restored from the repository."""
    runner = options.peer_tests / 'pip-tests.py'
    if not (work / '.ready').exists():
        subprocess.run([sys.executable, runner, '--repository', options.repository, '--resolver', options.resolver,
                        '--work', work, 'inspect'], stdout=subprocess.DEVNULL)
        if not (work / '.ready').exists():
            sys.exit('the preparation failed; run it by hand: ' + str(runner))
    # Debian's setuptools works only with Debian's Python.
    for wheel in pathlib.Path(ensurepip.__file__).parent.glob('_bundled/setuptools-*.whl'):
        shutil.rmtree(work / 'env/base/setuptools')
        zipfile.ZipFile(wheel).extractall(work / 'env/base/setuptools')
    for name in options.files:
        if name == WITHOUT_RESULT:
            continue
        path = f'tests/functional/test_{name}.py'
        source = subprocess.run(['git', '--git-dir', options.repository, 'show', 'HEAD:' + path],
                                stdout=subprocess.PIPE, text=True, check=True).stdout
        tree = ast.fix_missing_locations(WithoutMessages().visit(ast.parse(source)))
        (work / 'pip' / path).write_text(ast.unparse(tree))


def main():
    """Parse the command line, and run."""
    parser = argparse.ArgumentParser(description=__doc__.split('\n', 1)[0])
    parser.add_argument('--peer-tests', type=pathlib.Path, required=True)
    parser.add_argument('--repository', required=True)
    parser.add_argument('--resolver', type=os.path.abspath, required=True)
    parser.add_argument('--work', type=lambda text: pathlib.Path(text).resolve(), required=True)
    parser.add_argument('--control', action='store_true')
    parser.add_argument('files', nargs='*', metavar='FILE', default=COMMANDS)
    options = parser.parse_args()
    work = options.work
    prepare(options, work)
    (work / 'scratch').mkdir(exist_ok=True)
    (work / 'commands.log').unlink(missing_ok=True)
    pip = work / 'pip'
    paths = [pathlib.Path(__file__).resolve().parent, options.peer_tests.resolve(), pip, pip / 'src', work / 'env/site']
    environment = {key: value for key, value in os.environ.items()
                   if not key.startswith(('PIP_', 'PYTHON', 'RESOLVER_'))}
    environment |= {
        'RESOLVER_EXE': options.resolver,
        'PEER_REAL_INSTALL': '1',
        'PEER_MODE': 'pip' if options.control else 'resolver',
        'PEER_SCRATCH': str(work / 'scratch'),
        'PEER_LOG': str(work / 'commands.log'),
        'PYTHONPATH': os.pathsep.join(map(str, paths)),
        'XDG_CACHE_HOME': str(work / 'cache'),
        'XDG_STATE_HOME': str(work / 'state'),
    }
    sys.exit(subprocess.run(
        [sys.executable, '-m', 'pytest', '-c', work / 'pytest.ini', '--rootdir', pip, '-p', 'pip_commands_adapter',
         '-m', 'not network', '--basetemp', work / 'run', '-q',
         *(pip / f'tests/functional/test_{name}.py' for name in options.files)],
        env=environment).returncode)


if __name__ == '__main__':
    main()
