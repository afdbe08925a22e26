using System.Globalization;
using Resolver.Execution.Processes;

namespace Resolver.Execution.Clusters;

/// <summary>Slurm's own commands, one process each.</summary>
/// <param name="environment">Their variables, which jobs inherit.</param>
internal sealed class SlurmCommands(ChildEnvironment environment)
{
    // A controller that is restarted or busy answers late; what it says is waited for.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Submits a job.</summary>
    /// <returns>Its number, or why there is none.</returns>
    public async Task<(string? Job, string? Problem)> SubmitAsync(
        IReadOnlyList<string> arguments,
        CancellationToken cancellation
    )
    {
        var (code, text, fault) = await RunAsync("sbatch", ["--parsable", .. arguments], cancellation);
        // 'JOB' or 'JOB;CLUSTER', on the last line: a site's submit filter may say something before.
        var job = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .LastOrDefault()
            ?.Split(';')[0];
        return code == 0 && job is { Length: > 0 } && job.All(char.IsAsciiDigit)
            ? (job, null)
            : (null, fault ?? $"sbatch: {LastLine(text)}");
    }

    /// <summary>Lets jobs run that were submitted to wait.</summary>
    /// <returns>Null, or why not.</returns>
    public async Task<string?> ReleaseAsync(IReadOnlyList<string> jobs, CancellationToken cancellation)
    {
        var (code, text, fault) = await RunAsync("scontrol", ["release", string.Join(',', jobs)], cancellation);
        return code == 0 ? null : fault ?? $"scontrol: {LastLine(text)}";
    }

    /// <summary>What the controller says of tasks of arrays, by <c>JOB_INDEX</c>; null where it does not answer now.
    /// One that it does not know any more is absent.</summary>
    public async Task<IReadOnlyDictionary<string, string>?> StatesAsync(
        IReadOnlyList<string> jobs,
        CancellationToken cancellation
    )
    {
        var (code, text, _) = await RunAsync(
            "squeue",
            ["--noheader", "--array", "--states=all", "--format=%i %T", $"--jobs={string.Join(',', jobs)}"],
            cancellation
        );
        if (code != 0)
            return text.Contains("Invalid job id", StringComparison.Ordinal) ? new Dictionary<string, string>() : null;
        return text.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length == 2)
            .GroupBy(words => words[0], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last()[1], StringComparer.Ordinal);
    }

    /// <summary>Ends every job of a name that is this user's, and waits until none is left, for a while: a node that
    /// is down keeps its jobs.</summary>
    public async Task EndAsync(string name)
    {
        var user = Environment.UserName;
        var (code, _, _) = await RunAsync("scancel", [$"--name={name}", $"--user={user}"], CancellationToken.None);
        for (var look = 0; code == 0 && look < 50; look++)
        {
            var (seen, text, _) = await RunAsync(
                "squeue",
                ["--noheader", "--format=%i", $"--name={name}", $"--user={user}"],
                CancellationToken.None
            );
            if (seen != 0 || text.Trim().Length == 0)
                return;
            await Task.Delay(200, CancellationToken.None);
        }
    }

    /// <summary>The job name of a run's builds.</summary>
    public static string NameOf(string runFolder) => "resolver-" + Path.GetFileName(runFolder);

    /// <summary>A time limit as Slurm takes it: whole minutes, one at least.</summary>
    public static string Minutes(TimeSpan time) =>
        Math.Max(1, (long)Math.Ceiling(time.TotalMinutes)).ToString(CultureInfo.InvariantCulture);

    private async Task<(int Code, string Text, string? Fault)> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        CancellationToken cancellation
    )
    {
        using var output = new StringWriter();
        var ending = await ChildProcess.RunAsync(program, arguments, environment, output, Patience, cancellation);
        return (ending.Fault is null ? ending.ExitCode : -1, output.ToString(), ending.Fault);
    }

    private static string LastLine(string text) =>
        TerminalText.OneLine(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "no word");
}
