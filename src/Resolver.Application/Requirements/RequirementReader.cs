using Resolver.Application.Hashes;
using Resolver.Application.Inputs;
using Resolver.Archives.Distributions;
using Resolver.Archives.Files;
using Resolver.Execution.Options;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.References;
using Resolver.Packaging.RequirementFiles;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;

namespace Resolver.Application.Requirements;

/// <summary>Collects what is requested, in the order it was written: arguments, then files, scripts, the project and
/// groups.</summary>
/// <remarks>A defect of the command line is exit code 2; one of a file is exit code 3 and names the place.</remarks>
public sealed class RequirementReader(Notices notices)
{
    private readonly List<RequestedRoot> requested = [];
    private readonly List<RequestedRoot> unnamedConstraints = [];
    private readonly List<Requirement> roots = [];
    private readonly List<Requirement> constraints = [];
    private readonly List<string> findLinks = [];
    private readonly List<string> places = [];
    private readonly List<string> editables = [];
    private readonly List<ConfigSetting> configSettings = [];
    private readonly ExpectedHashes hashes = new();

    /// <summary>What the user requests, in the order given; empty before <see cref="NameFiles"/>.</summary>
    public IReadOnlyList<Requirement> Roots => roots;

    /// <summary>The files and trees that were requested without a name, as given.</summary>
    public IReadOnlyList<string> Places => places;

    /// <summary>Those of <see cref="Places"/> that were given by <c>-e</c>.</summary>
    public IReadOnlyList<string> Editables => editables;

    /// <summary>The settings for build backends that requirements have on their line.</summary>
    public IReadOnlyList<ConfigSetting> ConfigSettings => configSettings;

    /// <summary>The options of requirement files that concern the whole run.</summary>
    public FileSettings Settings { get; } = new();

    /// <summary>Bounds, from <c>-c</c> and from requirement files that include constraints.</summary>
    public IReadOnlyList<Requirement> Constraints => constraints;

    /// <summary>Directories that requirement files add to the archive.</summary>
    public IReadOnlyList<string> FindLinks => findLinks;

    /// <summary>The Pythons that the project of <c>--pyproject</c>, or else the first script that says so, is for;
    /// null where there is none, or it does not say.</summary>
    public SpecifierSet? RequiresPython { get; private set; }

    /// <summary>What requirement files say the files must be.</summary>
    public ExpectedHashes Hashes => hashes;

    /// <summary>Reads everything that names a root.</summary>
    /// <exception cref="InputException">Something cannot be read.</exception>
    public void ReadRoots(RequestedProjects settings)
    {
        foreach (var text in settings.Requirements)
            requested.Add(ReadRoot(text, isEditable: false));
        foreach (var text in settings.Editables)
            requested.Add(ReadRoot(text, isEditable: true));
        foreach (var file in settings.Files)
            ReadFile(file, areConstraints: false);
        foreach (var script in settings.Scripts)
        {
            var (needed, python) = ScriptRequirements.Of(script);
            requested.AddRange(needed.Select(RequestedRoot.Of));
            RequiresPython ??= python;
        }

        var projects = new ProjectRequirements();
        if (settings.PyProject is { } pyproject)
        {
            requested.AddRange(projects.OfProject(pyproject, settings.Extras).Select(RequestedRoot.Of));
            RequiresPython = projects.RequiresPython(pyproject) ?? RequiresPython;
        }

        foreach (var group in settings.Groups)
            requested.AddRange(
                projects.OfGroup(group, settings.PyProject ?? "pyproject.toml").Select(RequestedRoot.Of)
            );
        foreach (var root in requested)
        {
            if (root.Target is RequirementTarget.Named { Requirement: var requirement })
                CheckReference(requirement, root);
        }
    }

    /// <summary>Where the files lie that were requested without a name, each once; see
    /// <see cref="NameFiles"/>.</summary>
    public IEnumerable<string> UnnamedPlaces(MarkerEnvironment? environment) =>
        requested
            .Concat(unnamedConstraints)
            .Where(root => environment is null || Holds(root.Target, environment))
            .Select(root => UnnamedFile.PlaceOf(root.Target))
            .OfType<string>()
            .Distinct();

    /// <summary>Gives every file that was requested without a name the name of its project; afterwards
    /// <see cref="Roots"/> is complete.</summary>
    /// <param name="environment">What markers are judged by: a file whose marker does not hold is not read; null: all
    /// are.</param>
    /// <param name="read">Reads what lies at a path.</param>
    /// <exception cref="InputException">A file cannot be read, is no project, or does not say which.</exception>
    public void NameFiles(MarkerEnvironment? environment, Func<string, IReadOnlyList<Distribution>> read)
    {
        foreach (var root in requested)
        {
            if (root.Target is RequirementTarget.Named { Requirement: var named })
            {
                Add(named, root);
                if (root.IsEditable && named.ValidReference?.LocalPlace is { } tree)
                    editables.Add(tree);
                continue;
            }
            if (environment is not null && !Holds(root.Target, environment))
                continue;
            var (requirement, place) = UnnamedFile.Name(root, read);
            Add(requirement, root);
            if (place is null)
                continue;
            places.Add(place);
            if (root.IsEditable)
                editables.Add(place);
        }
        foreach (var root in unnamedConstraints)
        {
            if (environment is not null && !Holds(root.Target, environment))
                continue;
            var (constraint, place) = UnnamedFile.Name(root, read);
            constraints.Add(constraint);
            Note(constraint, root.Line!);
            if (place is not null)
                places.Add(place);
        }
    }

    /// <summary>Reads the files of <c>-c</c>.</summary>
    /// <exception cref="InputException">One cannot be read.</exception>
    public void ReadConstraints(IEnumerable<string> files)
    {
        foreach (var file in files)
            ReadFile(file, areConstraints: true);
    }

    /// <summary>The requirements of override files.</summary>
    /// <exception cref="InputException">One cannot be read.</exception>
    public IReadOnlyList<Requirement> ReadOverrides(IEnumerable<string> files) =>
        [.. files.SelectMany(file => Open(file, areConstraints: false).Dependencies.Select(Named))];

    /// <summary>One requirement of the command line that names its project.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static Requirement ReadArgument(string text) =>
        ReadRoot(text, isEditable: false).Target is RequirementTarget.Named named
            ? named.Requirement
            : throw InputException.Usage($"'{text}' is not a requirement: it names no project");

    private static RequestedRoot ReadRoot(string text, bool isEditable)
    {
        var read = RequirementTarget.TryParse(text, isEditable);
        if (!read.Success)
            throw InputException.Usage($"'{text}' is not a requirement: {read.Error}");
        return new RequestedRoot(read.Value, null, null, isEditable);
    }

    private void Add(Requirement requirement, RequestedRoot root)
    {
        roots.Add(requirement);
        if (root.Line is { } line)
            Note(requirement, line);
    }

    /// <summary>Takes note of what a requirement has on its line.</summary>
    private void Note(Requirement requirement, RequirementLine.Dependency line)
    {
        hashes.Add(requirement.Name, line);
        configSettings.AddRange(
            line.ConfigSettings.Select(each => new ConfigSetting(requirement.Name, each.Key, each.Value))
        );
    }

    private static bool Holds(RequirementTarget target, MarkerEnvironment environment) =>
        target switch
        {
            RequirementTarget.Local { Marker: { } marker } => marker.TryEvaluate(environment, [])
                is not { Success: true, Value: false },
            RequirementTarget.Link { Marker: { } marker } => marker.TryEvaluate(environment, [])
                is not { Success: true, Value: false },
            _ => true,
        };

    private static void CheckReference(Requirement requirement, RequestedRoot root)
    {
        if (requirement.Reference is { Success: false, Error: { } error })
            throw root.Wrong($"the URL of '{requirement}' is malformed: {error}");
    }

    private void ReadFile(string path, bool areConstraints)
    {
        var file = Open(path, areConstraints);
        foreach (var dependency in file.Dependencies)
        {
            var root = new RequestedRoot(
                dependency.Target,
                $"{dependency.File}:{dependency.Line}",
                dependency,
                dependency.IsEditable
            );
            if (dependency.Hashes.Count > 0)
                Settings.AddHash(dependency);
            if (dependency.GlobalOptions.Count > 0)
                Settings.AddUnheeded("--global-option", dependency.File);
            if (!dependency.IsConstraint)
                requested.Add(root);
            else if (dependency.Target is not RequirementTarget.Named)
                unnamedConstraints.Add(root);
            else
            {
                var constraint = Named(dependency);
                constraints.Add(constraint);
                Note(constraint, dependency);
            }
        }

        foreach (var setting in file.Settings)
        {
            if (setting is { Option: RequirementFileOption.FindLinks, Value: { } directory })
                AddFindLinks(setting.File, directory);
            else
                Settings.Add(setting);
        }
    }

    private void AddFindLinks(string file, string directory)
    {
        if (
            FileReference.IsUrl(directory)
            && FileReference.TryParse(directory) is { Success: true, Value.LocalPath: null }
        )
            Settings.AddUnheeded("--find-links URL", file);
        else
            findLinks.Add(Beside(file, DiskPath.Of($"{file}: --find-links", directory)));
    }

    private RequirementFile Open(string path, bool areConstraints)
    {
        // The first that is opened is the file itself; why it cannot be read is said as of any input.
        var isFirst = !FileReference.IsUrl(path);
        var file = RequirementFile.Read(
            DiskPath.Of(areConstraints ? "--constraint" : "--requirement", path),
            opened =>
            {
                var bytes = isFirst ? InputFile.ReadBytes(path) : ReadBytes(opened);
                isFirst = false;
                return bytes;
            },
            areConstraints: areConstraints
        );
        foreach (var warning in file.Warnings)
            notices.Warning(warning.ToString());
        return file.Errors.Count == 0 ? file : throw Unreadable(file.Errors);
    }

    private static Requirement Named(RequirementLine.Dependency dependency)
    {
        var place = $"{dependency.File}:{dependency.Line}";
        if (dependency.Target is not RequirementTarget.Named named)
            throw InputException.BadInput(
                $"{place}: '{dependency}' names no project",
                "write it as 'NAME @ file:///PATH', or put the file into the archive and name the project"
            );
        CheckReference(named.Requirement, new RequestedRoot(named, place));
        return named.Requirement;
    }

    /// <summary>As pip: relative to the file's folder where it is there, else to the working directory.</summary>
    private static string Beside(string file, string directory)
    {
        var beside = Path.Combine(Path.GetDirectoryName(file) ?? "", directory);
        return Directory.Exists(beside) ? beside : directory;
    }

    private static byte[]? ReadBytes(string path)
    {
        try
        {
            var local =
                FileReference.IsUrl(path) && FileReference.TryParse(path) is { Success: true } reference
                    ? reference.Value.LocalPath
                    : path;
            return local is null ? null : DiskFile.ReadAllBytes(local);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static InputException Unreadable(IReadOnlyList<DocumentError> errors) =>
        InputException.BadInput(
            errors[0].ToString(),
            errors.Count > 1 ? $"and {errors.Count - 1} more in the same input" : null
        );
}
