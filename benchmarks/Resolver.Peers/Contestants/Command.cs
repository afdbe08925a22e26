using System.Diagnostics;

namespace Resolver.Peers.Contestants;

/// <summary>Runs a program and waits, but not for ever.</summary>
internal static class Command
{
    /// <returns>What it printed and how it ended; null where it is not there or took longer than the limit.</returns>
    public static (int ExitCode, string Output, string Error, double Milliseconds)? Run(
        TimeSpan limit,
        string program,
        params IReadOnlyList<string> arguments
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // A user's own modules and settings are no part of a comparison.
        foreach (
            var variable in start
                .Environment.Keys.Where(name =>
                    name.StartsWith("PYTHON", StringComparison.Ordinal)
                    || name.StartsWith("PIP_", StringComparison.Ordinal)
                )
                .ToList()
        )
            start.Environment.Remove(variable);
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        try
        {
            var begin = Stopwatch.GetTimestamp();
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            if (!process.WaitForExit(limit))
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
                return null;
            }

            var elapsed = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult(), elapsed);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Which version of its package a program comes from; null where it is not there.</summary>
    public static string? PackageOf(string program)
    {
        if (Run(TimeSpan.FromSeconds(20), program, "--help") is null)
            return null;
        return Run(TimeSpan.FromSeconds(20), "dpkg-query", "-W", "-f", "${Version}", program) is { ExitCode: 0 } answer
            ? answer.Output
            : "of unknown version";
    }

    /// <summary>The first line a program prints about its version; null where it is not there.</summary>
    public static string? VersionOf(string program, params IReadOnlyList<string> arguments) =>
        Run(TimeSpan.FromSeconds(20), program, arguments) is { ExitCode: 0 } answer
            ? (answer.Output + answer.Error).Split('\n')[0].Trim()
            : null;
}
