using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Resolver.Execution.Destinations;
using Resolver.Execution.Options;
using Resolver.Packaging.Names;

namespace Resolver.Execution.Runs;

/// <summary>What a run was started with beside its plan, so that someone else can continue with it or take it back:
/// <c>run.json</c>, schema <c>resolver.run/1</c>.</summary>
public sealed record RunSettings
{
    internal const string FileName = "run.json";
    private const string Schema = "resolver.run/1";

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The interpreter's executable.</summary>
    public required string Python { get; init; }

    /// <summary>The pip the user named, or null.</summary>
    public string? Pip { get; init; }

    public required InstallDestination Destination { get; init; }

    /// <summary>Folders of the destination that the run itself made, the innermost last.</summary>
    public IReadOnlyList<string> CreatedFolders { get; init; } = [];

    /// <summary>Folders whose files the run looks after; absolute, at or below the destination's base.</summary>
    public required IReadOnlyList<string> TrackedFolders { get; init; }

    /// <summary>Where distributions lie; absolute.</summary>
    public required IReadOnlyList<string> SiteFolders { get; init; }

    /// <summary>Folders that were there before and stay even where empty; absolute.</summary>
    public IReadOnlyList<string> KeptFolders { get; init; } = [];

    /// <summary>The options that matter to each step; where runs are recorded is where this one is.</summary>
    public required ExecutionOptions Execution { get; init; }

    internal byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("python", Python);
            json.WriteString("pip", Pip);
            json.WriteStartObject("destination");
            var (kind, folder, prefix) = Destination switch
            {
                InstallDestination.Prefix it => ("prefix", it.Folder, null),
                InstallDestination.Target it => ("target", it.Folder, null),
                InstallDestination.Root it => ("root", it.Folder, it.PrefixBelow),
                _ => throw new InvalidOperationException(),
            };
            json.WriteString("kind", kind);
            json.WriteString("folder", Path.GetFullPath(folder));
            if (prefix is not null)
                json.WriteString("prefix", prefix);
            json.WriteEndObject();
            Write(json, "created_folders", CreatedFolders);
            Write(json, "tracked_folders", TrackedFolders);
            Write(json, "site_folders", SiteFolders);
            Write(json, "kept_folders", KeptFolders);
            json.WriteString("base_folder", Execution.BaseFolder);
            Write(json, "search_path", Execution.SearchPath);
            Write(
                json,
                "config_settings",
                Execution.ConfigSettings.SelectMany(setting =>
                    (string[])[setting.Project?.Normalized ?? "", setting.Key, setting.Value]
                )
            );
            json.WriteStartObject("env");
            foreach (var (project, variables) in Execution.ProjectEnvironment)
            {
                json.WriteStartObject(project.Normalized);
                foreach (var (name, value) in variables)
                    json.WriteString(name, value);
                json.WriteEndObject();
            }
            json.WriteEndObject();
            json.WriteBoolean("found_by_finder", Execution.FoundByFinder);
            json.WriteBoolean("smoke", Execution.Smoke);
            json.WriteBoolean("strict", Execution.Strict);
            json.WriteBoolean("keep_going", Execution.KeepGoing);
            json.WriteString("on_file_conflict", Execution.OnFileConflict.ToString());
            if (Execution.Slurm is { } slurm)
            {
                json.WriteStartObject("slurm");
                Write(json, "options", slurm.Options);
                json.WriteNumber("poll_ms", slurm.Poll.TotalMilliseconds);
                if (slurm.AtOnce is { } most)
                    json.WriteNumber("at_once", most);
                json.WriteEndObject();
            }
            json.WriteString("wheel_folder", Execution.WheelFolder);
            json.WriteString("build_frontend", Execution.BuildFrontend.ToString());
            json.WriteNumber("jobs", Execution.Jobs);
            if (Execution.StepTimeout is { } timeout)
                json.WriteNumber("step_timeout_ms", timeout.TotalMilliseconds);
            json.WriteEndObject();
        }
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Those of a run.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    /// <exception cref="FormatException">They are none.</exception>
    public static RunSettings Read(string runFolder)
    {
        var path = Path.Combine(runFolder, FileName);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Of(document.RootElement);
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"{path}: it does not say how the run was started: {exception.Message}");
        }
    }

    private static RunSettings Of(JsonElement run)
    {
        if (run.GetProperty("schema").GetString() != Schema)
            throw new InvalidOperationException($"its schema is not {Schema}");
        var destination = run.GetProperty("destination");
        var folder = destination.GetProperty("folder").GetString()!;
        var settings = Texts(run, "config_settings");
        return new RunSettings
        {
            Python = run.GetProperty("python").GetString()!,
            Pip = run.GetProperty("pip").GetString(),
            Destination = destination.GetProperty("kind").GetString() switch
            {
                "prefix" => new InstallDestination.Prefix(folder),
                "target" => new InstallDestination.Target(folder),
                "root" => new InstallDestination.Root(
                    folder,
                    destination.TryGetProperty("prefix", out var prefix) ? prefix.GetString() : null
                ),
                var other => throw new InvalidOperationException($"'{other}' is not a destination"),
            },
            CreatedFolders = Texts(run, "created_folders"),
            TrackedFolders = Texts(run, "tracked_folders"),
            SiteFolders = Texts(run, "site_folders"),
            KeptFolders = Texts(run, "kept_folders"),
            Execution = new ExecutionOptions
            {
                BaseFolder = run.GetProperty("base_folder").GetString()!,
                SearchPath = Texts(run, "search_path"),
                ConfigSettings =
                [
                    .. settings
                        .Chunk(3)
                        .Select(each => new ConfigSetting(
                            each[0].Length == 0 ? null : PackageName.Parse(each[0]),
                            each[1],
                            each[2]
                        )),
                ],
                ProjectEnvironment = run.GetProperty("env")
                    .EnumerateObject()
                    .ToDictionary(
                        project => PackageName.Parse(project.Name),
                        project =>
                            (IReadOnlyDictionary<string, string>)
                                project
                                    .Value.EnumerateObject()
                                    .ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!)
                    ),
                FoundByFinder = run.TryGetProperty("found_by_finder", out var finder) && finder.GetBoolean(),
                Smoke = run.TryGetProperty("smoke", out var smoke) && smoke.GetBoolean(),
                Strict = run.TryGetProperty("strict", out var strict) && strict.GetBoolean(),
                KeepGoing = run.TryGetProperty("keep_going", out var keepGoing) && keepGoing.GetBoolean(),
                OnFileConflict =
                    run.TryGetProperty("on_file_conflict", out var policy)
                    && Enum.TryParse<FileConflictPolicy>(policy.GetString(), out var known)
                        ? known
                        : FileConflictPolicy.Default,
                Slurm = run.TryGetProperty("slurm", out var slurm)
                    ? new SlurmOptions
                    {
                        Options = Texts(slurm, "options"),
                        Poll = TimeSpan.FromMilliseconds(slurm.GetProperty("poll_ms").GetDouble()),
                        AtOnce = slurm.TryGetProperty("at_once", out var most) ? most.GetInt32() : null,
                    }
                    : null,
                WheelFolder = run.GetProperty("wheel_folder").GetString(),
                BuildFrontend =
                    run.TryGetProperty("build_frontend", out var frontend)
                    && Enum.TryParse<BuildFrontend>(frontend.GetString(), out var named)
                        ? named
                        : BuildFrontend.Pip,
                Jobs = run.GetProperty("jobs").GetInt32(),
                StepTimeout = run.TryGetProperty("step_timeout_ms", out var timeout)
                    ? TimeSpan.FromMilliseconds(timeout.GetDouble())
                    : null,
            },
        };
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static List<string> Texts(JsonElement run, string name) =>
        [.. run.GetProperty(name).EnumerateArray().Select(each => each.GetString()!)];
}
