using Resolver.Interpreters;
using Xunit;

namespace Resolver.Execution.Tests;

/// <summary>The interpreters of this machine.</summary>
internal static class RealPython
{
    /// <summary>Skips the test where there is no such Python.</summary>
    public static Task<Interpreter> AskAsync(string executable = "python3")
    {
        Python.RequirePip();
        Assert.SkipWhen(executable != "python3" && !File.Exists(executable), $"there is no {executable}");
        return Interpreter.ProbeAsync(executable, []);
    }

    /// <summary>A new environment without pip and without any distribution.</summary>
    public static async Task<Interpreter> EmptyEnvironmentAsync(string folder)
    {
        Python.RequirePip();
        await Python.RunAsync(["-m", "venv", "--without-pip", folder]);
        return await AskAsync(Path.Combine(folder, "bin", "python"));
    }

    /// <summary>A new environment of another CPython without any distribution, and the Python whose own pip may install
    /// into it. Skips the test where the machine has no such CPython with pip.</summary>
    /// <param name="version">Major and minor.</param>
    public static async Task<(Interpreter Environment, string Python)> OtherVersionAsync(string version, string folder)
    {
        var executable = Executables(version).FirstOrDefault(File.Exists);
        Assert.SkipWhen(executable is null, $"there is no CPython {version}, neither of pyenv nor on PATH");
        Assert.SkipUnless(Python.HasPip(executable!), $"{executable} has no pip");
        await Python.RunAsync(executable!, ["-m", "venv", "--without-pip", folder]);
        return (await Interpreter.ProbeAsync(Path.Combine(folder, "bin", "python"), []), executable!);
    }

    // Where pyenv keeps a Python, the newest release first, then PATH; pyenv's shims stand for any version.
    private static IEnumerable<string> Executables(string version)
    {
        var pyenv =
            Environment.GetEnvironmentVariable("PYENV_ROOT")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".pyenv");
        var versions = Path.Combine(pyenv, "versions");
        var kept = Directory.Exists(versions) ? Directory.GetDirectories(versions, version + ".*") : [];
        return kept.OrderByDescending(each =>
                System.Version.TryParse(Path.GetFileName(each), out var release) ? release : new System.Version()
            )
            .Select(each => Path.Combine(each, "bin", "python" + version))
            .Concat(
                (Environment.GetEnvironmentVariable("PATH") ?? "")
                    .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                    .Select(each => Path.Combine(each, "python" + version))
                    .Where(each => !each.Contains("shims", StringComparison.Ordinal))
            );
    }
}
