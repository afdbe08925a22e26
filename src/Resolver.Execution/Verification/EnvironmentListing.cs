using System.Text;
using System.Text.Json;
using Resolver.Execution.Processes;
using Resolver.Interpreters;
using Resolver.Packaging.FileNames;
using Resolver.Packaging.Names;

namespace Resolver.Execution.Verification;

/// <summary>What the interpreter finds with the variables of a step: the truth about what its build will see, custom
/// finders included.</summary>
internal sealed class EnvironmentListing
{
    private const string Mark = "resolver-listing:";

    // The current folder is taken off the path, as it is no part of a build's; a finder's distribution may lack
    // anything, and must not end the listing.
    private const string Question = """
        import sys
        if sys.path[:1] == ['']:
            del sys.path[0]
        import importlib.metadata, json
        found = []
        def distributions():
            for finder in sys.meta_path:
                if getattr(finder, 'find_distributions', None) is None:
                    continue
                try:
                    yield from finder.find_distributions(importlib.metadata.DistributionFinder.Context())
                except Exception as error:
                    kind = finder if isinstance(finder, type) else type(finder)
                    print('\nresolver-failure:the finder %s.%s failed (%s: %s)' % (kind.__module__, kind.__qualname__, type(error).__name__, ascii(str(error))))
        for distribution in distributions():
            try:
                name, version = distribution.metadata['Name'], distribution.version
                path = str(getattr(distribution, '_path', ''))
            except Exception:
                continue
            if isinstance(name, str) and isinstance(version, str):
                found.append([name, version, path])
        print('\nresolver-listing:' + json.dumps(found))
        """;

    private const string FailureMark = "resolver-failure:";

    private readonly Dictionary<PackageName, string> versions = [];

    /// <summary>What failed in the interpreter, so that the listing may lack what it would show; one line, or
    /// null.</summary>
    public string? Failure { get; private init; }

    /// <summary>The version text of a project as it is found first on the path, or null where it is not
    /// found.</summary>
    public string? VersionOf(PackageName project) => versions.GetValueOrDefault(project);

    /// <summary>Asks.</summary>
    /// <returns>The listing, or why there is none.</returns>
    public static async Task<(EnvironmentListing? Listing, string? Problem)> AskAsync(
        Interpreter interpreter,
        ChildEnvironment environment,
        CancellationToken cancellation
    )
    {
        using var output = new StringWriter();
        var result = await ChildProcess.RunAsync(
            interpreter.Executable,
            ["-c", Question],
            environment,
            output,
            TimeSpan.FromMinutes(2),
            cancellation
        );
        // Start-up files may print what they like before it.
        var answer = output
            .ToString()
            .Split('\n')
            .LastOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal));
        if (answer is null)
        {
            var last = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
            return (
                null,
                result.Fault
                    ?? $"{interpreter.Executable} does not say what is installed: {TerminalText.OneLine(last ?? "no output")}"
            );
        }
        var listing = new EnvironmentListing { Failure = FailureIn(output.ToString()) };
        using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(answer[Mark.Length..]));
        foreach (var each in document.RootElement.EnumerateArray())
        {
            // The first of a name on the path is the one that is imported.
            if (
                PackageName.TryParse(each[0].GetString()!) is { Success: true, Value: var name }
                && !(each.GetArrayLength() > 2 && InstalledFolderName.IsLeftover(each[2].GetString()!))
            )
                listing.versions.TryAdd(name, each[1].GetString()!);
        }
        return (listing, null);
    }

    private static string? FailureIn(string output)
    {
        var failures = StartUpFailures
            .Of(output)
            .Concat(
                output
                    .Split('\n')
                    .Where(line => line.StartsWith(FailureMark, StringComparison.Ordinal))
                    .Select(line => line[FailureMark.Length..].TrimEnd('\r'))
            )
            .ToList();
        return failures.Count == 0 ? null : TerminalText.OneLine(string.Join("; ", failures));
    }
}
