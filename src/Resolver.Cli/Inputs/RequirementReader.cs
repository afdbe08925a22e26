using Resolver.Cli.Options;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.RequirementFiles;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;

namespace Resolver.Cli.Inputs;

/// <summary>Collects what is wanted, in the order it was written: arguments, then files, scripts, the project and
/// groups.</summary>
/// <remarks>A defect of the command line is exit code 2; one of a file is exit code 3 and names the place.</remarks>
internal sealed class RequirementReader(Diagnostics diagnostics)
{
    private readonly List<Requirement> roots = [];
    private readonly List<Requirement> constraints = [];
    private readonly List<string> findLinks = [];
    private readonly ExpectedHashes hashes = new();

    /// <summary>What the user wants, in the order given.</summary>
    public IReadOnlyList<Requirement> Roots => roots;

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
    /// <exception cref="CommandException">Something cannot be read.</exception>
    public void ReadRoots(RequirementSettings settings)
    {
        foreach (var text in settings.Requirements)
            roots.Add(ReadArgument(text));
        foreach (var file in settings.Files)
            ReadFile(file, areConstraints: false);
        foreach (var script in settings.Scripts)
        {
            var (needed, python) = ScriptRequirements.Of(script);
            roots.AddRange(needed);
            RequiresPython ??= python;
        }

        var projects = new ProjectRequirements();
        if (settings.PyProject is { } pyproject)
        {
            roots.AddRange(projects.OfProject(pyproject, settings.Extras));
            RequiresPython = projects.RequiresPython(pyproject) ?? RequiresPython;
        }

        foreach (var group in settings.Groups)
            roots.AddRange(projects.OfGroup(group, settings.PyProject ?? "pyproject.toml"));
    }

    /// <summary>Reads the files of <c>-c</c>.</summary>
    /// <exception cref="CommandException">One cannot be read.</exception>
    public void ReadConstraints(IEnumerable<string> files)
    {
        foreach (var file in files)
            ReadFile(file, areConstraints: true);
    }

    /// <summary>The requirements of override files.</summary>
    /// <exception cref="CommandException">One cannot be read.</exception>
    public IReadOnlyList<Requirement> ReadOverrides(IEnumerable<string> files) =>
        [.. files.SelectMany(file => Open(file, areConstraints: false).Dependencies.Select(Named))];

    /// <summary>One requirement of the command line.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static Requirement ReadArgument(string text)
    {
        var read = Requirement.TryParse(text);
        return read.Success
            ? read.Value
            : throw CommandException.Usage(
                $"'{text}' is not a requirement: {read.Error}",
                LooksLikePath(text) ? "to order files as they are: resolver order PATH..." : null
            );
    }

    private void ReadFile(string path, bool areConstraints)
    {
        var file = Open(path, areConstraints);
        foreach (var dependency in file.Dependencies)
        {
            var requirement = Named(dependency);
            (dependency.IsConstraint ? constraints : roots).Add(requirement);
            hashes.Add(requirement.Name, dependency);
        }

        foreach (var setting in file.Settings)
        {
            // Without an index there is nothing for the others to change.
            if (setting is { Option: RequirementFileOption.FindLinks, Value: { } directory })
                findLinks.Add(Beside(setting.File, directory));
            else if (setting.Option is not RequirementFileOption.NoIndex)
                diagnostics.Warning($"{setting.File}:{setting.Line}: '{setting}' is passed over");
        }
    }

    private RequirementFile Open(string path, bool areConstraints)
    {
        var file = RequirementFile.Read(path, ReadBytes, areConstraints: areConstraints);
        foreach (var warning in file.Warnings)
            diagnostics.Warning(warning.ToString());
        return file.Errors.Count == 0 ? file : throw Unreadable(file.Errors);
    }

    private static Requirement Named(RequirementLine.Dependency dependency) =>
        dependency.Target is RequirementTarget.Named named
            ? named.Requirement
            : throw CommandException.BadInput(
                $"{dependency.File}:{dependency.Line}: '{dependency}' names no project",
                "write it as 'NAME @ file:///PATH', or put the file into the archive and name the project"
            );

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
            return File.ReadAllBytes(path);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static CommandException Unreadable(IReadOnlyList<DocumentError> errors) =>
        CommandException.BadInput(
            errors[0].ToString(),
            errors.Count > 1 ? $"and {errors.Count - 1} more in the same input" : null
        );

    private static bool LooksLikePath(string text) =>
        text.Contains('/') || text.Contains('\\') || File.Exists(text) || Directory.Exists(text);
}
