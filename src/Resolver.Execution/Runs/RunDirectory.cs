using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Resolver.Execution.Commands;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Runs;

/// <summary>The record of one run: <c>run.json</c> (how it was started), <c>plan.json</c>, <c>files-before</c>,
/// <c>journal.jsonl</c>, <c>steps/NN-name.sh</c> (the exact commands), <c>logs/NN-name.log</c>, <c>saved/NN-name</c>
/// (what a step took out of the destination). It lies in the user's state directory, never in the prefix.</summary>
/// <remarks>Scratch folders lie in the system's temporary folder: a home may be slow, and builds that make sockets
/// need short paths.</remarks>
internal sealed class RunDirectory : IDisposable
{
    private readonly string scratch;
    private HashSet<string>? filesBefore;

    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff";

    private RunDirectory(string path)
    {
        Path = path;
        scratch = Directory.CreateTempSubdirectory("resolver-").FullName;
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>Makes a new one, complete but for its journal: what has no journal is no run.</summary>
    /// <param name="runs">Where runs are recorded.</param>
    /// <param name="filesBefore">What the destination holds, below its base; an empty folder ends with
    /// <c>/</c>.</param>
    public static RunDirectory Create(string runs, RunSettings settings, Plan plan, HashSet<string> filesBefore)
    {
        var id =
            TimeOfNext(runs).ToString(TimeFormat, CultureInfo.InvariantCulture)
            + "Z-"
            + RandomNumberGenerator.GetHexString(8, lowercase: true);
        var path = System.IO.Path.Combine(System.IO.Path.GetFullPath(runs), id);
        foreach (var part in (string[])["steps", "logs"])
            Directory.CreateDirectory(System.IO.Path.Combine(path, part));
        var run = new RunDirectory(path) { filesBefore = filesBefore };
        run.Write(RunSettings.FileName, settings.ToJson());
        run.Write("plan.json", PlanJson.Write(plan));
        // A name may hold anything but a null character.
        run.Write("files-before", Encoding.UTF8.GetBytes(string.Join('\0', filesBefore.Order(StringComparer.Ordinal))));
        return run;
    }

    /// <summary>The time now; where a clock was set back, just after that of the newest run: ids are in the order in
    /// which runs were made, and 'the last one' goes by them.</summary>
    private static DateTime TimeOfNext(string runs)
    {
        var now = DateTime.UtcNow;
        var newest = System.IO.Path.GetFileName(StateFolder.All(runs) is [.., var last] ? last : null);
        return
            newest?.Split('Z')[0] is { } text
            && DateTime.TryParseExact(
                text,
                TimeFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var before
            )
            && before >= now.AddMilliseconds(-1)
            && before < DateTime.MaxValue.AddDays(-1)
            ? before.AddMilliseconds(1)
            : now;
    }

    /// <summary>One that is there.</summary>
    public static RunDirectory Open(string path) => new(path);

    /// <summary>The plan of the run.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="FormatException">It is none.</exception>
    public Plan ReadPlan()
    {
        var file = System.IO.Path.Combine(Path, "plan.json");
        var read = PlanJson.TryRead(File.ReadAllBytes(file), file);
        return read.Success ? read.Value : throw new FormatException(read.Error.ToString());
    }

    /// <summary>What the destination held when the run began, below its base; an empty folder ends with
    /// <c>/</c>.</summary>
    public HashSet<string> FilesBefore() =>
        filesBefore ??= [
            .. File.ReadAllText(System.IO.Path.Combine(Path, "files-before"))
                .Split('\0', StringSplitOptions.RemoveEmptyEntries),
        ];

    public void WriteScript(StepCommand command)
    {
        var path = ScriptOf(command);
        File.WriteAllText(path, command.Script);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Where <see cref="WriteScript"/> puts it.</summary>
    public string ScriptOf(StepCommand command) =>
        System.IO.Path.Combine(
            Path,
            "steps",
            NameOf(command.Step) + (command.Kind == StepCommandKind.Build ? ".build.sh" : ".sh")
        );

    public string LogOf(PlanStep step) => System.IO.Path.Combine(Path, "logs", NameOf(step) + ".log");

    /// <summary>The log of a build whose wheel is installed afterwards.</summary>
    public string BuildLogOf(PlanStep step) => System.IO.Path.Combine(Path, "logs", NameOf(step) + ".build.log");

    /// <summary>Where the wheel of a step goes that is not kept beyond the run.</summary>
    public string WheelsOf(PlanStep step) => System.IO.Path.Combine(Path, "wheels", NameOf(step));

    /// <summary>Where the source of a step is unpacked that pip cannot build as it is; it stays, for the step's
    /// script.</summary>
    public string SourceOf(PlanStep step) => System.IO.Path.Combine(Path, "sources", NameOf(step));

    public string ScratchOf(PlanStep step) => System.IO.Path.Combine(scratch, NameOf(step));

    /// <summary>Where an attempt at a step keeps what it takes out of the destination, below the run's
    /// folder.</summary>
    /// <param name="attempt">From 1.</param>
    public static string SavedOf(PlanStep step, int attempt) =>
        $"saved/{NameOf(step)}{(attempt == 1 ? "" : $".{attempt}")}";

    /// <summary>Removes what only the run's process needed.</summary>
    public void Dispose() => DeleteFolder(scratch);

    /// <summary>Deletes a scratch folder. A build may have made parts of it read-only, or a killed process may be
    /// writing its last file: such a folder stays, and harms no one.</summary>
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
        if (OperatingSystem.IsWindows())
            return;
        try
        {
            foreach (
                var path in Directory
                    .EnumerateDirectories(
                        folder,
                        "*",
                        new EnumerationOptions
                        {
                            RecurseSubdirectories = true,
                            AttributesToSkip = FileAttributes.ReparsePoint,
                            IgnoreInaccessible = true,
                        }
                    )
                    .Prepend(folder)
            )
                File.SetUnixFileMode(
                    path,
                    File.GetUnixFileMode(path)
                        | UnixFileMode.UserRead
                        | UnixFileMode.UserWrite
                        | UnixFileMode.UserExecute
                );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What cannot be made writable is not ours; the next attempt tells.
        }
    }

    private void Write(string name, byte[] content)
    {
        using var file = new FileStream(System.IO.Path.Combine(Path, name), FileMode.CreateNew);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    // The number of the step in the plan, so that names sort as the steps ran; names of projects are plain (PEP 503).
    private static string NameOf(PlanStep step) => $"{step.Order:00}-{step.Candidate.Name}";
}
