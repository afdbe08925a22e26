using System.Diagnostics;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests;

/// <summary>The machine's own python3, for tests that go all the way. They skip where there is none.</summary>
internal static class PythonOnPath
{
    private static readonly Lazy<bool> Runs = new(() => Succeeds("--version"));
    private static readonly Lazy<bool> Pip = new(() => Succeeds("-m", "pip", "--version"));

    public static void Need() => Assert.SkipUnless(Runs.Value, "there is no python3 on PATH");

    public static void NeedPip() => Assert.SkipUnless(Pip.Value, "there is no python3 with pip on PATH");

    /// <summary>Runs python3 and gives what it printed.</summary>
    /// <param name="searchPath">Put before PYTHONPATH.</param>
    public static string Run(string searchPath, params IReadOnlyList<string> arguments)
    {
        using var process = Start(searchPath, arguments);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    private static bool Succeeds(params IReadOnlyList<string> arguments)
    {
        try
        {
            using var process = Start("", arguments);
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static Process Start(string searchPath, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("python3", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (searchPath.Length > 0)
            start.Environment["PYTHONPATH"] = searchPath;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>A script of <c>tests/independent-search</c>, its streams open.</summary>
    public static ProcessStartInfo Script(string name, params IEnumerable<string> options)
    {
        var script = Path.Combine(Repository.Root, "tests", "independent-search", name);
        var start = new ProcessStartInfo("python3", [script, .. options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        return start;
    }
}
