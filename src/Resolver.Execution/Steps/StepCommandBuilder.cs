using Resolver.Execution.Commands;
using Resolver.Execution.Destinations;
using Resolver.Execution.Frontends;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Processes;
using Resolver.Execution.Sources;
using Resolver.Execution.Verification;
using Resolver.Packaging.Distributions;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Steps;

/// <summary>Makes the commands of a step: the user's recipe, word for word, or a build and an install of what it
/// built; one pip process each. One process for several would not do: pip builds everything of one invocation before
/// it installs anything, so nothing could be built by what the same invocation installs.</summary>
/// <param name="frontend">Which pip runs.</param>
/// <param name="places">Where steps install to and what builds see.</param>
/// <param name="options">How to run.</param>
internal sealed class StepCommandBuilder(PipFrontend frontend, PlanPlaces places, ExecutionOptions options)
{
    /// <summary>The folders of the destination and of further prefixes that builds must see.</summary>
    public IReadOnlyList<string> SearchPath { get; } = SearchPathOf(places, options);

    /// <summary>The recipe: build and install in one.</summary>
    /// <param name="step">An install step.</param>
    /// <param name="scratch">The step's own temporary folder.</param>
    /// <param name="source">What pip is given; null for the plan's file itself.</param>
    public StepCommand Build(PlanStep step, string scratch, PipSource? source = null)
    {
        var arguments = InstallArguments(step, scratch);
        arguments.AddRange(SettingArguments(step.Candidate));
        // A tree without pyproject.toml too is installed by its backend (PEP 660), never by 'setup.py develop'.
        if (step.Editable)
            arguments.AddRange(["--use-pep517", "--editable"]);
        arguments.Add(
            step.Editable ? UrlWhereNeeded(TreeOf(step)) : source?.Argument ?? PipArgument(step.Candidate.Path!)
        );
        return Installing(step, scratch, arguments) with
        {
            Unpacked = step.Editable ? null : source?.Unpacked,
            Archive = ArchiveOf(step, source),
        };
    }

    /// <summary>For a script: installs the wheel that the script built before, whatever it is called.</summary>
    /// <param name="wheels">The folder that it is in, relative to where the script runs.</param>
    public StepCommand InstallFrom(PlanStep step, string scratch, string wheels) =>
        Installing(step, scratch, InstallArguments(step, scratch)) with
        {
            WheelFolder = wheels,
        };

    /// <summary>Builds the wheel of a step and installs nothing.</summary>
    /// <param name="output">Where the wheel goes.</param>
    /// <param name="overlay">The folder of an environment of its own, before everything else on the path; null where
    /// it has none.</param>
    /// <param name="source">What pip is given; null for the plan's file itself.</param>
    public StepCommand BuildWheel(
        PlanStep step,
        string scratch,
        string output,
        string? overlay = null,
        PipSource? source = null
    )
    {
        var arguments = new List<string>(frontend.Arguments) { "wheel", $"--wheel-dir={output}" };
        arguments.AddRange([
            "--no-deps",
            "--no-index",
            "--no-build-isolation",
            "--no-cache-dir",
            "--disable-pip-version-check",
            "--no-input",
        ]);
        arguments.AddRange(SettingArguments(step.Candidate));
        arguments.Add(source?.Argument ?? PipArgument(step.Candidate.Path!));
        var seen = places.Before(step.Stage);
        var command = Command(step, StepCommandKind.Build, arguments, DatedBuildEnvironment(step, scratch)) with
        {
            SearchPath = SearchPathOf(seen, options),
            ScriptPath = seen.ProgramPath,
            Unpacked = source?.Unpacked,
            Archive = ArchiveOf(step, source),
        };
        return overlay is null ? command : WithOverlay(command, overlay);
    }

    private (string, string)? ArchiveOf(PlanStep step, PipSource? source) =>
        step.Candidate.Sha256 is { } sha256 && source?.Unpacked is null ? (FileOf(step.Candidate.Path!), sha256) : null;

    /// <summary>Fills the folder of an environment that one step is built in.</summary>
    public StepCommand InstallOverlay(PlanStep step, string scratch, string overlay, IReadOnlyList<string> wheels)
    {
        List<string> arguments =
        [
            .. frontend.Arguments,
            "install",
            $"--target={overlay}",
            "--no-deps",
            "--no-index",
            "--no-cache-dir",
            "--disable-pip-version-check",
            "--no-warn-script-location",
            "--no-input",
            .. wheels.Select(wheel => PipArgument(wheel)),
        ];
        return Command(step, StepCommandKind.Install, arguments, EnvironmentOf(step, scratch));
    }

    // pip's --target holds modules and, in bin, programs.
    private static StepCommand WithOverlay(StepCommand command, string overlay)
    {
        var programs = Path.Combine(overlay, OperatingSystem.IsWindows() ? "Scripts" : "bin");
        return command with
        {
            Environment = command.Environment.WithPrepended("PYTHONPATH", [overlay]).WithPrepended("PATH", [programs]),
            SearchPath = [overlay, .. command.SearchPath],
            ScriptPath = [programs, .. command.ScriptPath],
        };
    }

    /// <summary>Installs wheels that were built, or that the plan itself has.</summary>
    /// <param name="step">The first of those they are for.</param>
    public StepCommand InstallWheels(PlanStep step, string scratch, IReadOnlyList<string> wheels)
    {
        var arguments = InstallArguments(step, scratch);
        arguments.AddRange(wheels.Select(wheel => PipArgument(wheel)));
        return Installing(step, scratch, arguments);
    }

    /// <summary>The variables of a build: those that tell it from others, and the date of its source, which follows
    /// from the content and is read only for a build that takes place.</summary>
    public ChildEnvironment DatedBuildEnvironment(PlanStep step, string scratch)
    {
        var environment = BuildEnvironment(step, scratch);
        return environment[SourceDate.Variable] is not null
            ? environment
            : environment.With(SourceDate.Variable, SourceDate.Of(FileOf(step.Candidate.Path!)));
    }

    /// <summary>What tells a build from others of the same content: beside the variables of every step, what makes two
    /// builds of the same alike, unless the user or the plan says otherwise.</summary>
    public ChildEnvironment BuildEnvironment(PlanStep step, string scratch)
    {
        var environment = EnvironmentOf(step, scratch, EnvironmentIn(places.Before(step.Stage)));
        foreach (var (name, value) in ReproducibleSettings)
        {
            if (environment[name] is null || name == "LC_ALL" && !VariablesFor(step).Any(each => each.Key == name))
                environment = environment.With(name, value);
        }
        return environment;
    }

    /// <summary>The settings for its backend.</summary>
    public IEnumerable<ConfigSetting> SettingsOf(Candidate candidate) =>
        options.ConfigSettings.Where(each => each.Project is null || each.Project == candidate.Name);

    /// <summary>The variables set for this project alone: the plan's, then the user's, which win.</summary>
    public IEnumerable<KeyValuePair<string, string>> VariablesFor(PlanStep step) =>
        (step.Candidate.BuildEnvironment ?? Nothing).Concat(
            options.ProjectEnvironment.GetValueOrDefault(step.Candidate.Name, Nothing)
        );

    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    // A fixed seed, as sets are written in the order of their hashes; a locale that every system has.
    private static readonly IReadOnlyDictionary<string, string> ReproducibleSettings = new Dictionary<string, string>
    {
        ["PYTHONHASHSEED"] = "0",
        ["LC_ALL"] = "C.UTF-8",
    };

    private List<string> InstallArguments(PlanStep step, string scratch) =>
        [
            .. frontend.Arguments,
            "install",
            .. places.Of(step).Arguments(StageOf(scratch)),
            "--no-deps",
            "--ignore-installed",
            "--no-index",
            "--no-build-isolation",
            "--no-cache-dir", // pip's cache of wheels goes by path, not content, and two pips race in it
            "--disable-pip-version-check",
            "--no-warn-script-location",
            "--no-input",
        ];

    private IEnumerable<string> SettingArguments(Candidate candidate) =>
        candidate.IsBuilt
            ? SettingsOf(candidate).Select(setting => $"--config-settings={setting.Key}={setting.Value}")
            : [];

    private StepCommand Installing(PlanStep step, string scratch, IReadOnlyList<string> arguments) =>
        Command(step, StepCommandKind.Install, arguments, EnvironmentOf(step, scratch)) with
        {
            Staged = places.Of(step) is InstallDestination.Target target ? (StageOf(scratch), target.Base) : null,
        };

    private StepCommand Command(
        PlanStep step,
        StepCommandKind kind,
        IReadOnlyList<string> arguments,
        ChildEnvironment environment
    ) => new(step, kind, frontend.Executable, arguments, environment, SearchPath, places.ProgramPath);

    /// <summary>Where pip installs to when the destination is a <c>--target</c>.</summary>
    public static string StageOf(string scratch) => Path.Combine(scratch, "target");

    /// <summary>The path of the file or tree itself, absolute: without <c>#subdirectory=REL</c>.</summary>
    public string FileOf(string path) => options.FileOf(path);

    /// <summary>The folder of the project that a step installs from a tree; absolute.</summary>
    public string TreeOf(PlanStep step) =>
        Path.Combine(FileOf(step.Candidate.Path!), DistributionPath.Parse(step.Candidate.Path!).Subdirectory ?? "");

    /// <summary>The plan's file of a step, and the content that the plan was made from.</summary>
    public ExpectedFile ExpectedFileOf(PlanStep step) => new(FileOf(step.Candidate.Path!), step.Candidate.Sha256);

    /// <summary>A copy of the plan's file of a step, made now (<see cref="CheckedCopy"/>).</summary>
    public (string Path, StepFailure? Failure) CopyOf(PlanStep step, string folder) =>
        CheckedCopy.Of(step.Candidate.Path!, ExpectedFileOf(step), folder);

    /// <summary>What pip is given to build a step from, made now: a copy of the plan's file
    /// (<see cref="CheckedCopy"/>), unpacked where pip cannot build it as it is
    /// (<see cref="PreparedSource"/>).</summary>
    /// <param name="copy">The folder of the copy.</param>
    /// <param name="unpacked">The folder of what is unpacked, in place of what is there; it must stay while pip
    /// builds.</param>
    public (PipSource? Source, StepFailure? Failure) SourceOf(
        PlanStep step,
        string copy,
        string unpacked,
        CancellationToken cancellation
    )
    {
        var path = step.Candidate.Path!;
        var (file, changed) = CopyOf(step, copy);
        if (changed is not null)
            return (null, changed);
        var (project, failure) = PreparedSource.Of(path, file, unpacked, cancellation);
        return failure is null ? (SourceFrom(path, file, project), null) : (null, failure);
    }

    /// <summary>What a script gives pip to build a step from: the plan's file itself, unpacked where pip cannot build
    /// it as it is.</summary>
    /// <param name="folder">Where sources are unpacked: one folder for each content.</param>
    public PipSource LastingSourceOf(PlanStep step, string folder)
    {
        var (path, file) = (step.Candidate.Path!, FileOf(step.Candidate.Path!));
        var (project, _) = step.Candidate.IsBuilt
            ? PreparedSource.Of(path, file, Path.Combine(folder, PreparedSource.NameOf(step.Candidate, file)))
            : default;
        return SourceFrom(path, file, project);
    }

    private PipSource SourceFrom(string path, string file, string? project) =>
        new(project is null ? PipArgument(path, file) : PipArgument(project), project, file);

    /// <summary>The variables of whoever uses what is installed.</summary>
    public ChildEnvironment UserEnvironment => EnvironmentIn(places);

    // Backends start tools by name that are build requirements, such as ninja.
    private ChildEnvironment EnvironmentIn(PlanPlaces seen) =>
        ChildEnvironment
            .ForPip(options.CallerEnvironment)
            .WithPrepended("PYTHONPATH", SearchPathOf(seen, options))
            .WithPrepended("PATH", seen.ProgramPath);

    private static IReadOnlyList<string> SearchPathOf(PlanPlaces seen, ExecutionOptions options) =>
        [.. options.FoundByFinder ? [] : seen.SearchPath, .. options.SearchPath];

    // Every step sees the caller's variables, the install set before its own path, and a temporary folder of its own.
    private ChildEnvironment EnvironmentOf(PlanStep step, string scratch, ChildEnvironment? seen = null)
    {
        var environment = (seen ?? UserEnvironment).With("TMPDIR", scratch);
        foreach (var (name, value) in VariablesFor(step))
            environment = environment.With(name, value);
        return environment;
    }

    /// <summary>What pip takes for a path: the absolute path, or a <c>file:</c> URL where pip would read parts of the
    /// path as requirement syntax (<c>;</c>, <c>[…]</c>) or there is a subdirectory.</summary>
    /// <param name="copy">What to use in place of the file of the path; null for that file itself.</param>
    private string PipArgument(string path, string? copy = null)
    {
        var fragment = DistributionPath.Parse(path).Fragment;
        var file = copy ?? FileOf(path);
        // pip takes the fragment as it stands, escapes and all
        return fragment.Length == 0 ? UrlWhereNeeded(file) : FileUrl.Of(file) + fragment;
    }

    private static string UrlWhereNeeded(string file) =>
        file.Any(c => char.IsControl(c) || c is ';' or '[' or ']' or '#' or '%' or '?' or '\\')
            ? FileUrl.Of(file)
            : file;
}
