using System.Text.Json;
using Resolver.Packaging.FileNames;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Requirements;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Interpreters;

/// <summary>What a process of an interpreter sees before any code of its own runs: its path and where each entry
/// comes from, start-up files, finders, distributions. As the interpreter itself says.</summary>
public sealed record Examination
{
    public required string Executable { get; init; }

    /// <summary>Implementation and version: <c>CPython 3.11.7</c>.</summary>
    public required string Python { get; init; }

    public required string Prefix { get; init; }

    /// <summary>The prefix of the installation a virtual environment was made from; the same as <see cref="Prefix"/>
    /// where it is none.</summary>
    public required string BasePrefix { get; init; }

    /// <summary><c>sys.path</c>, in order.</summary>
    public required IReadOnlyList<PathEntry> Path { get; init; }

    /// <summary>Path configuration files, processed or not.</summary>
    public required IReadOnlyList<PathFile> PathFiles { get; init; }

    /// <summary><c>sitecustomize</c> and <c>usercustomize</c> where they ran: module and file.</summary>
    public required IReadOnlyList<(string Module, string? File)> Customizations { get; init; }

    /// <summary>Entries of <c>sys.meta_path</c> that Python does not bring itself, and whether they serve
    /// distributions.</summary>
    public required IReadOnlyList<(string Name, bool ServesDistributions)> Finders { get; init; }

    /// <summary>In the order of <c>importlib.metadata</c>: the first of a name is what imports see.</summary>
    public required IReadOnlyList<SeenDistribution> Distributions { get; init; }

    /// <summary>Metadata that cannot be read, by path, and folders that an interrupted pip left: what is wrong, for a
    /// person.</summary>
    public IReadOnlyList<(string Path, string Problem)> Broken { get; init; } = [];

    /// <summary>Start-up code that failed, each for a person.</summary>
    public IReadOnlyList<string> StartUpFailures { get; init; } = [];

    /// <summary>Which finders failed, with their errors, so that what they show is not in the list; or null.</summary>
    public string? DistributionsError { get; init; }

    /// <summary>The marker file of PEP 668, or null.</summary>
    public string? ExternallyManaged { get; init; }

    /// <summary>Configuration files of pip, with the names of what each sets.</summary>
    public required IReadOnlyList<(
        string File,
        IReadOnlyList<string> Sets,
        string? Error
    )> PipConfiguration
    { get; init; }

    /// <summary>Variables that are set and change what Python finds.</summary>
    public required IReadOnlyList<string> Variables { get; init; }

    /// <summary>Distributions that another of the same name hides.</summary>
    public IEnumerable<(SeenDistribution Hidden, SeenDistribution By)> Shadowed =>
        from name in Distributions.GroupBy(each =>
            PackageName.TryParse(each.Name) is { Success: true, Value: var parsed } ? parsed.Normalized : each.Name
        )
        from hidden in name.Skip(1).DistinctBy(each => each.Path)
        where hidden.Path is null || hidden.Path != name.First().Path
        select (hidden, name.First());

    /// <summary>What is found for a requirement, whatever its version; null where nothing is.</summary>
    public SeenDistribution? Find(Requirement requirement) =>
        Distributions.FirstOrDefault(each =>
            PackageName.TryParse(each.Name) is { Success: true, Value: var name } && name == requirement.Name
        );

    /// <summary>Whether a distribution meets a requirement.</summary>
    public static bool IsMet(Requirement requirement, SeenDistribution distribution) =>
        Version.TryParse(distribution.Version) is { Success: true, Value: var version }
        && requirement.Specifier.Contains(version, prereleases: true);

    /// <summary>Asks an interpreter, as a build would be started: with the caller's environment less
    /// <c>PIP_*</c>.</summary>
    /// <param name="extraSearchPath">Directories put before PYTHONPATH, as for a build.</param>
    /// <exception cref="InterpreterException">It cannot be asked.</exception>
    public static async Task<Examination> ExamineAsync(
        string executable,
        IReadOnlyList<string> extraSearchPath,
        CancellationToken cancellation = default
    ) =>
        InterpreterProbe.Read(
            await InterpreterProbe.AnswerAsync(
                executable,
                "examine.py",
                extraSearchPath,
                InterpreterProbe.Patience,
                cancellation
            ),
            executable,
            Read
        );

    private static Examination Read(JsonElement answer) =>
        new()
        {
            Executable = Text(answer, "executable"),
            Python = $"{Text(answer, "implementation")} {Text(answer, "version")}",
            Prefix = Text(answer, "prefix"),
            BasePrefix = Text(answer, "base_prefix"),
            Path =
            [
                .. answer
                    .GetProperty("path")
                    .EnumerateArray()
                    .Select(each => new PathEntry(
                        Text(each, "entry"),
                        Text(each, "origin"),
                        each.GetProperty("exists").GetBoolean()
                    )),
            ],
            PathFiles =
            [
                .. answer
                    .GetProperty("pth")
                    .EnumerateArray()
                    .Select(each => new PathFile(
                        Text(each, "file"),
                        each.GetProperty("processed").GetBoolean(),
                        Texts(each, "adds"),
                        Texts(each, "runs")
                    )),
            ],
            Customizations =
            [
                .. answer
                    .GetProperty("customize")
                    .EnumerateArray()
                    .Select(each => (Text(each, "module"), each.GetProperty("file").ReadText())),
            ],
            Finders =
            [
                .. answer
                    .GetProperty("finders")
                    .EnumerateArray()
                    .Select(each => (Text(each, "name"), each.GetProperty("distributions").GetBoolean())),
            ],
            Distributions =
            [
                .. answer
                    .GetProperty("distributions")
                    .EnumerateArray()
                    .Where(each => !IsLeftover(each))
                    .Select(each => new SeenDistribution(
                        Text(each, "name"),
                        Text(each, "version"),
                        each.GetProperty("path").ReadText(),
                        each.GetProperty("behind_finder").GetBoolean()
                    )),
            ],
            Broken =
            [
                .. answer
                    .GetProperty("broken")
                    .EnumerateArray()
                    .Select(each => (Text(each, "path"), Text(each, "error"))),
                .. answer
                    .GetProperty("distributions")
                    .EnumerateArray()
                    .Where(IsLeftover)
                    .Select(each => (Text(each, "path"), InstalledReader.LeftoverProblem)),
            ],
            StartUpFailures = answer.TryGetProperty(InterpreterProbe.StartUp, out var failures)
                ? [.. failures.EnumerateArray().Select(each => each.ReadText() ?? "")]
                : [],
            DistributionsError = answer.GetProperty("distributions_error").ReadText(),
            ExternallyManaged = answer.GetProperty("externally_managed").ReadText(),
            PipConfiguration =
            [
                .. answer
                    .GetProperty("pip_configuration")
                    .EnumerateArray()
                    .Select(each =>
                        (
                            Text(each, "file"),
                            (IReadOnlyList<string>)Texts(each, "sets"),
                            each.TryGetProperty("error", out var error) ? error.ReadText() : null
                        )
                    ),
            ],
            Variables = Texts(answer, "variables"),
        };

    private static bool IsLeftover(JsonElement distribution) =>
        distribution.GetProperty("path").ReadText() is { } path && InstalledFolderName.IsLeftover(path);

    private static string Text(JsonElement owner, string name) => owner.GetProperty(name).ReadText() ?? "";

    private static List<string> Texts(JsonElement owner, string name) =>
        [.. owner.GetProperty(name).EnumerateArray().Select(each => each.ReadText() ?? "")];
}

/// <summary>An entry of <c>sys.path</c>.</summary>
/// <param name="Origin">A stable word: <c>pythonpath</c>, <c>site</c>, <c>pth</c>, <c>stdlib</c>, <c>other</c>.</param>
public sealed record PathEntry(string Path, string Origin, bool Exists);

/// <summary>A path configuration file.</summary>
/// <param name="IsProcessed">Whether it lies in a site folder; in folders of PYTHONPATH, as those of a prefix are, it
/// has no effect.</param>
/// <param name="Adds">Folders it adds.</param>
/// <param name="Runs">Lines of code it runs.</param>
public sealed record PathFile(string File, bool IsProcessed, IReadOnlyList<string> Adds, IReadOnlyList<string> Runs);

/// <summary>A distribution as the interpreter sees it.</summary>
/// <param name="Path">Its metadata, or null where it has no place on disk.</param>
/// <param name="IsBehindFinder">Whether it lies in no folder of <c>sys.path</c>: something else serves it.</param>
public sealed record SeenDistribution(string Name, string Version, string? Path, bool IsBehindFinder);
