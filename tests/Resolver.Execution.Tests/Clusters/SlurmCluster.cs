using System.Diagnostics;
using Xunit;

namespace Resolver.Execution.Tests.Clusters;

/// <summary>A Slurm cluster of one node on this machine, real daemons from Debian's packages, for as long as the
/// tests of a class run.</summary>
public sealed class SlurmCluster : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string? reason;

    public SlurmCluster()
    {
        if (!OperatingSystem.IsLinux())
        {
            reason = "a Slurm cluster needs Linux";
            return;
        }
        // Short, without spaces: the daemons' sockets have to fit.
        Home = Directory.CreateTempSubdirectory("slurm-").FullName;
        var (code, output, error) = Run(Path.Combine(Repository.Root, "tests", "slurm", "start"), Home);
        if (code == 0)
            Environment.SetEnvironmentVariable("SLURM_CONF", output.Trim());
        else
            reason = error.Trim();
    }

    private string Home { get; } = "";

    /// <summary>Skips the test where there is no cluster.</summary>
    public void Need() => Assert.SkipWhen(reason is not null, reason ?? "");

    /// <summary>The jobs that are waiting or running.</summary>
    public static string Queue() => Run("squeue", "--noheader", "--array").Output.Trim();

    public static (int Code, string Output, string Error) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        if (Home.Length > 0)
        {
            Run(Path.Combine(Repository.Root, "tests", "slurm", "stop"), Home);
            Directory.Delete(Home, recursive: true);
        }
        folder.Dispose();
    }
}
