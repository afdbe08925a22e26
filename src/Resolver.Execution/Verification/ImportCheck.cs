using System.Text;
using System.Text.Json;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Processes;
using Resolver.Interpreters;
using Resolver.Packaging.Names;

namespace Resolver.Execution.Verification;

/// <summary>Whether what was installed can be imported (<c>--smoke</c>): the modules at the top of each distribution,
/// and what its commands start. Installed is not working: a repacked archive may lack files, and a bound that nobody
/// declared shows only here.</summary>
internal static class ImportCheck
{
    private const string Mark = "resolver-import:";

    // One process a distribution: what one import breaks must not befall another. Names that everyone uses for tests
    // and examples, and private ones, need what nobody declared.
    private const string Question = """
        import sys
        if sys.path[:1] == ['']:
            del sys.path[0]
        import importlib, importlib.metadata, json
        distribution = importlib.metadata.distribution(sys.argv[1])
        modules = set()
        for file in distribution.files or []:
            parts = file.parts
            if parts[0].endswith(('.dist-info', '.egg-info', '.data')) or '..' in parts:
                continue
            if len(parts) == 1 and file.name.endswith(('.py', '.so', '.pyd')):
                modules.add(file.name.split('.')[0])
            elif len(parts) == 2 and file.name.split('.')[0] == '__init__' and file.name.endswith(('.py', '.so', '.pyd')):
                modules.add(parts[0])
        skipped = {'test', 'tests', 'testing', 'doc', 'docs', 'example', 'examples', 'benchmark', 'benchmarks', 'conftest', 'setup', 'scripts', 'tools'}
        problem = None
        count = 0
        def attempt(what, act):
            global problem, count
            count += 1
            try:
                act()
            except BaseException as error:
                problem = problem or [what, type(error).__name__ + ': ' + str(error)]
        for module in sorted(modules):
            if module.isidentifier() and not module.startswith('_') and module not in skipped:
                attempt('import ' + module, lambda: importlib.import_module(module))
        for entry in distribution.entry_points:
            if entry.group in ('console_scripts', 'gui_scripts') and not entry.extras:
                attempt('command ' + entry.name + ' (' + entry.value + ')', entry.load)
        print('\nresolver-import:' + json.dumps([count, problem]))
        """;

    /// <summary>Tries.</summary>
    /// <param name="environment">The variables of whoever uses the result.</param>
    /// <returns>Null where everything can be imported.</returns>
    public static async Task<StepFailure?> FailureAsync(
        PackageName project,
        Interpreter interpreter,
        ChildEnvironment environment,
        TimeSpan patience,
        CancellationToken cancellation
    )
    {
        using var output = new StringWriter();
        // Bytecode would be files that no RECORD knows.
        var result = await ChildProcess.RunAsync(
            interpreter.Executable,
            ["-c", Question, project.Normalized],
            environment.With("PYTHONDONTWRITEBYTECODE", "1"),
            output,
            patience,
            cancellation
        );
        var answer = output
            .ToString()
            .Split('\n')
            .LastOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal));
        if (answer is null)
        {
            var last = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
            return new StepFailure(
                Outcomes.FailureCodes.DoesNotImport,
                $"{project} does not import: {result.Fault ?? TerminalText.OneLine(last ?? $"the interpreter ended with exit code {result.ExitCode}")}"
            );
        }
        using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(answer[Mark.Length..]));
        var problem = document.RootElement[1];
        return problem.ValueKind == JsonValueKind.Null
            ? null
            : new StepFailure(
                Outcomes.FailureCodes.DoesNotImport,
                $"{project} is installed, but '{TerminalText.OneLine(problem[0].GetString()!)}' fails: {TerminalText.OneLine(problem[1].GetString()!)}"
            );
    }
}
