using System.Globalization;
using System.Security.Cryptography;
using Resolver.Execution.Steps;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Runs;

/// <summary>The record of one run: <c>plan.json</c>, <c>steps/NN-name.sh</c> (the exact commands), <c>logs/NN-name.log</c>, <c>saved/NN-name</c> (what a step took out
/// of the destination). It lies in the user's state directory, never in the prefix.</summary>
/// <remarks>Scratch folders lie in the system's temporary folder: a home may be slow, and builds that make sockets need short paths.</remarks>
internal sealed class RunDirectory
{
    private readonly string scratch;

    private RunDirectory(string path, string scratch) => (Path, this.scratch) = (path, scratch);

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>Makes a new one.</summary>
    /// <param name="runs">Where runs are recorded; null for the user's state directory.</param>
    /// <param name="environment">The caller's variables (XDG_STATE_HOME, HOME).</param>
    public static RunDirectory Create(string? runs, Func<string, string?> environment)
    {
        var id = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) + "-" + RandomNumberGenerator.GetHexString(8, lowercase: true);
        var path = System.IO.Path.Combine(System.IO.Path.GetFullPath(runs ?? DefaultRuns(environment)), id);
        foreach (var part in (string[])["steps", "logs"]) Directory.CreateDirectory(System.IO.Path.Combine(path, part));
        return new RunDirectory(path, Directory.CreateTempSubdirectory("resolver-").FullName);
    }

    public void WritePlan(Plan plan) => File.WriteAllBytes(System.IO.Path.Combine(Path, "plan.json"), PlanJson.Write(plan));

    public void WriteScript(StepCommand command)
    {
        var path = System.IO.Path.Combine(Path, "steps", NameOf(command.Step) + ".sh");
        File.WriteAllText(path, command.Script);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string LogOf(PlanStep step) => System.IO.Path.Combine(Path, "logs", NameOf(step) + ".log");

    public string ScratchOf(PlanStep step) => System.IO.Path.Combine(scratch, NameOf(step));

    /// <param name="what">Why something is kept: <c>replaced</c> or <c>left</c>.</param>
    public string SavedOf(PlanStep step, string what) => System.IO.Path.Combine(Path, "saved", NameOf(step), what);

    /// <summary>Removes what only the run itself needed.</summary>
    public void Close() => DeleteFolder(scratch);

    /// <summary>Deletes a scratch folder. A build may have made parts of it read-only, or a killed process may be writing its last file: such a folder stays, and harms no one.</summary>
    public static void DeleteFolder(string folder)
    {
        for (var attempt = 0; attempt < 3 && Directory.Exists(folder); attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                MakeWritable(folder);
            }
        }
    }

    private static void MakeWritable(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        try
        {
            foreach (var path in Directory.EnumerateDirectories(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true }).Prepend(folder))
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What cannot be made writable is not ours; the next attempt tells.
        }
    }

    // The number of the step in the plan, so that names sort as the steps ran; names of projects are plain (PEP 503).
    private static string NameOf(PlanStep step) => $"{step.Order:00}-{step.Candidate.Name}";

    private static string DefaultRuns(Func<string, string?> environment)
    {
        // XDG Base Directory Specification: a relative path there is to be ignored.
        var state = environment("XDG_STATE_HOME") is { Length: > 0 } named && System.IO.Path.IsPathRooted(named)
            ? named
            : System.IO.Path.Combine(environment("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return System.IO.Path.Combine(state, "resolver", "runs");
    }
}
