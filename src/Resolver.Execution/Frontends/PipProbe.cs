using Resolver.Execution.Processes;
using Resolver.Interpreters;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Execution.Frontends;

/// <summary>Asks possible pips whether they are one, and which.</summary>
internal sealed class PipProbe(Interpreter target, IReadOnlyDictionary<string, string>? callerEnvironment)
{
    private readonly ChildEnvironment environment = ChildEnvironment.ForPip(callerEnvironment);

    /// <summary>The one the user named. It must be fit: no other is tried in its place.</summary>
    public async Task<PipFrontend> NamedAsync(string named, CancellationToken cancellation)
    {
        // A path is made absolute, as steps may run elsewhere; a bare name is looked up on PATH when it is started.
        var executable = named.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? Path.GetFullPath(named)
            : named;
        var isPython = Path.GetFileName(executable).StartsWith("python", StringComparison.OrdinalIgnoreCase);
        IReadOnlyList<string> arguments = isPython ? ["-m", "pip"] : [];
        var (version, problem) = await VersionAsync(executable, arguments, cancellation);
        if (version is not { } found)
            throw new FrontendException($"--pip {named}: {problem}");
        if (isPython && executable == target.Executable && found >= PipFrontend.OldestOwn)
            return new PipFrontend(executable, arguments, found);
        return found >= PipFrontend.OldestForeign
            ? Foreign(executable, arguments, found)
            : throw new FrontendException(
                $"--pip {named}: this is pip {found}; {PipFrontend.OldestForeign} or later is needed (it must understand --python)"
            );
    }

    /// <summary>The target's own, as its probe told it, or null with the reason added to
    /// <paramref name="seen"/>.</summary>
    public PipFrontend? Own(List<string> seen)
    {
        if (target.PipVersion is null)
            seen.Add($"{target.Executable} has none");
        else if (Version.TryParse(target.PipVersion) is not { Success: true, Value: var version })
            seen.Add($"{target.Executable} has one of no known version ('{target.PipVersion}')");
        else if (version < PipFrontend.OldestOwn)
            seen.Add($"{target.Executable} has pip {version}, {PipFrontend.OldestOwn} or later is needed");
        else
            return new PipFrontend(target.Executable, ["-m", "pip"], version);
        return null;
    }

    /// <summary>That of the first python3 on PATH that has a pip new enough, or null with the reasons added to
    /// <paramref name="seen"/>.</summary>
    public async Task<PipFrontend?> OnPathAsync(List<string> seen, CancellationToken cancellation)
    {
        var tried = new HashSet<string>(StringComparer.Ordinal) { target.Executable };
        foreach (
            var folder in (environment["PATH"] ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var python = Path.GetFullPath(
                Path.Combine(folder, OperatingSystem.IsWindows() ? "python3.exe" : "python3")
            );
            if (!File.Exists(python) || !tried.Add(python))
                continue;
            var (version, problem) = await VersionAsync(python, ["-m", "pip"], cancellation);
            if (version is not { } found)
                seen.Add($"{python}: {problem}");
            else if (found < PipFrontend.OldestForeign)
                seen.Add($"{python} has pip {found}, {PipFrontend.OldestForeign} or later is needed");
            else
                return Foreign(python, ["-m", "pip"], found);
        }
        if (tried.Count == 1)
            seen.Add("no other python3 on PATH");
        return null;
    }

    private PipFrontend Foreign(string executable, IReadOnlyList<string> arguments, Version version) =>
        new(executable, [.. arguments, "--python", target.Executable], version);

    private async Task<(Version? Version, string Problem)> VersionAsync(
        string executable,
        IReadOnlyList<string> arguments,
        CancellationToken cancellation
    )
    {
        using var output = new StringWriter();
        var result = await ChildProcess.RunAsync(
            executable,
            [.. arguments, "--version"],
            environment,
            output,
            timeout: TimeSpan.FromMinutes(1),
            cancellation
        );
        var text = output.ToString();
        if (result.Fault is { } fault)
            return (null, fault);
        // 'pip 23.2.1 from /some/where (python 3.11)'; warnings of start-up files may stand before it.
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split(' ', 3);
            if (words is ["pip", var second, ..] && Version.TryParse(second) is { Success: true, Value: var version })
                return (version, "");
        }
        var last = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .LastOrDefault();
        return (
            null,
            last is null ? $"it is no pip (exit code {result.ExitCode})" : $"it is no pip: {TerminalText.OneLine(last)}"
        );
    }
}
