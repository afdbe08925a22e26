"""A pytest plugin of pip-commands.py that answers pip's list, show, freeze, inspect and uninstall with the program.

Installs stay pip's. The translation of `pip install` and `pip check` is that of pip_adapter.py, which is loaded first.
"""
import email
import json
import os
import pathlib

import pip_adapter
import pytest

NO_VALUE = {
    '--no-index', '--no-input', '--disable-pip-version-check', '--no-color', '--quiet', '-q', '--no-cache-dir',
    '--include-editable', '-y', '--yes',
}
WITH_VALUE = {'--find-links', '-f', '--root-user-action', '--log', '--cache-dir'}
TRANSLATED = {
    'list': {'--local', '-l', '--exclude', '--not-required', '--editable', '-e', '--exclude-editable', '--verbose',
             '-v', '--path', '--format'},
    'show': {'--files', '-f', '--verbose', '-v'},
    'freeze': {'--local', '-l', '--exclude', '--exclude-editable', '--all', '--path'},
    'inspect': {'--local', '-l', '--path'},
    'uninstall': set(),
}
NO_MEANING_HERE = {'PIP_DISABLE_PIP_VERSION_CHECK', 'PIP_USE_FEATURE', 'PIP_USE_DEPRECATED', 'PIP_NO_INDEX'}
TAKES_VALUE = {'--exclude', '--path', '--format'}


def translate(command, arguments):
    """The program's arguments, and whether pip's JSON of a list is expected."""
    result, is_local, is_json = [command], False, False
    rest = iter(arguments)
    for argument in rest:
        option, has_value, value = argument.partition('=')
        if not argument.startswith('-'):
            result.append(argument)
            continue
        known = option in TRANSLATED[command]
        if option in (TAKES_VALUE if known else WITH_VALUE) and not has_value:
            value = next(rest)
        if option == '--path' and known:
            result += ['--installed', value]
            is_local = True
        elif option == '--format' and known:
            if value not in ('columns', 'json'):
                raise pip_adapter.Untranslatable(argument)
            is_json = value == 'json'
        elif option in ('--local', '-l') and known:
            is_local = True
        elif option == '-f' and known:
            result.append('--files')
        elif known:
            result += [option, value] if option in TAKES_VALUE else [option]
        elif option not in NO_VALUE | WITH_VALUE:
            raise pip_adapter.Untranslatable(argument)
    if is_local:
        result.append('--local')
    if is_json:
        result += ['--format', 'json']
    return result, is_json


def spelled(project):
    """The name as the metadata spells it: ours is the canonical one."""
    path = pathlib.Path(project['metadata_path'])
    for file in (path / 'METADATA', path / 'PKG-INFO', path):
        if file.is_file():
            return email.message_from_string(file.read_text(errors='replace'))['Name']
    return project['name']


def as_pip_lists(text):
    """pip's JSON of a list, from ours."""
    projects = []
    for project in json.loads(text)['projects']:
        entry = {'name': spelled(project), 'version': project['version']}
        if project['editable_location'] is not None:
            entry['editable_project_location'] = project['editable_location']
        projects.append(entry)
    return json.dumps(projects)


def patch(environment):
    """Makes `pip` of pip's class of test environments answer these commands with the program."""
    if pip_adapter.MODE == 'pip':
        return
    others = environment.pip

    def pip(self, *arguments, use_module=True, **settings):
        words = [os.fspath(argument) for argument in arguments]
        command = next((word for word in words if not word.startswith('-')), None)
        if command not in TRANSLATED:
            return others(self, *arguments, use_module=use_module, **settings)
        test = os.environ.get('PYTEST_CURRENT_TEST', '')
        words.remove(command)
        try:
            translated, is_json = translate(command, words)
            for name, value in self.environ.items():
                if name.startswith('PIP_') and value and name not in NO_MEANING_HERE:
                    raise pip_adapter.Untranslatable('environment ' + name)
        except pip_adapter.Untranslatable as reason:
            pip_adapter.log('UNTR', test, reason, arguments)
            pytest.skip(f'untranslatable: {reason}')
        inherited = self.environ.get('PYTHONPATH')
        # The tests' own PYTHONPATH counts, that of this process does not.
        if inherited == os.environ['PYTHONPATH']:
            del self.environ['PYTHONPATH']
        try:
            result = self.run(
                pip_adapter.RES, *translated, '--python', str(self.venv_path / 'bin' / 'python'), '--no-progress',
                '--color', 'never', allow_error=True, allow_stderr_error=True,
                **{key: value for key, value in settings.items() if key == 'cwd'})
        finally:
            if inherited is not None:
                self.environ['PYTHONPATH'] = inherited
        pip_adapter.log('RUN', test, '\n   PIP', words, '\n   RES', translated, '\n   rc', result.returncode,
                        '\n   out:', result.stdout[-1500:], '\n   err:', result.stderr[-2500:])
        assert result.returncode != 5, f'fault of the program: {result.stderr}'
        if not settings.get('allow_error'):
            assert (result.returncode != 0) == bool(settings.get('expect_error')), \
                f'exit code {result.returncode}: {result.stderr}'
        if is_json and result.returncode == 0:
            result.stdout = as_pip_lists(result.stdout)
        return result

    environment.pip = pip


def pytest_collection():
    """After pip_adapter, which tests.lib loads."""
    import tests.lib
    patch(tests.lib.PipTestEnvironment)
