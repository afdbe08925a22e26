using Resolver.Application.Inputs;
using Resolver.Packaging.Metadata;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.PyProjects;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;

namespace Resolver.Application.Requirements;

/// <summary>What <c>pyproject.toml</c> files require: the dependencies of a project with some of its extras (PEP 621),
/// and groups (PEP 735). Each file is read once.</summary>
internal sealed class ProjectRequirements
{
    private readonly Dictionary<string, PyProject> files = [];

    /// <summary>The dependencies of the project, then those of the extras, in the order of the file.</summary>
    /// <exception cref="InputException">The file cannot be read, does not say what it needs, or has no such
    /// extra.</exception>
    public IReadOnlyList<Requirement> OfProject(string file, IReadOnlyList<string> extras)
    {
        var project = Open(file).Project ?? throw InputException.BadInput($"{file}: there is no [project] table");
        if (project.IsDynamic("dependencies") || project.Dependencies is null)
            throw InputException.BadInput($"{file}: its dependencies are dynamic: only its build backend knows them");
        var requirements = project.Dependencies.Select(declared => Read(declared, file)).ToList();
        var visited = new HashSet<ExtraName>();
        var pending = new Queue<ExtraName>(extras.Select(extra => Extra(extra)));
        while (pending.TryDequeue(out var extra))
        {
            if (!visited.Add(extra))
                continue;
            var table =
                (project.OptionalDependencies ?? []).FirstOrDefault(candidate => candidate.Extra == extra)
                ?? throw InputException.BadInput($"{file}: the project has no extra '{extra}'");
            foreach (var requirement in table.Requirements.Select(declared => Read(declared, file)))
            {
                // 'all = ["this-project[a,b]"]' is how a project sums its extras up; the project itself is not
                // installed here.
                if (project.Name is { } name && requirement.Name == name)
                    requirement.Extras.ToList().ForEach(pending.Enqueue);
                else
                    requirements.Add(requirement);
            }
        }

        return requirements;
    }

    /// <summary>The Pythons that the project is for, or null where it does not say.</summary>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public SpecifierSet? RequiresPython(string file) => Open(file).Project?.RequiresPython;

    /// <summary>The requirements of a group, includes expanded.</summary>
    /// <param name="group"><c>[PATH:]NAME</c>.</param>
    /// <param name="file">The file where the group names none.</param>
    /// <exception cref="InputException">The file cannot be read, or has no such group.</exception>
    public IReadOnlyList<Requirement> OfGroup(string group, string file)
    {
        var colon = group.LastIndexOf(':');
        var (path, name) = colon < 0 ? (file, group) : (group[..colon], group[(colon + 1)..]);
        if (path.Length == 0 || name.Length == 0)
            throw InputException.Usage($"--group '{group}': expected [PATH:]NAME");
        var resolved = Open(path).DependencyGroups.Resolve(name);
        return resolved.Success
            ? [.. resolved.Value.Select(declared => Read(declared, FileOf(path)))]
            : throw InputException.BadInput(resolved.Error.ToString());
    }

    private PyProject Open(string path)
    {
        var file = FileOf(path);
        if (files.TryGetValue(file, out var known))
            return known;
        var read = PyProject.TryParse(InputFile.ReadBytes(file), file);
        return read.Success ? files[file] = read.Value : throw InputException.BadInput(read.Error.ToString());
    }

    /// <summary>The pyproject.toml that a path means: a project's folder means the one in it.</summary>
    private static string FileOf(string path) => Directory.Exists(path) ? $"{path.TrimEnd('/')}/pyproject.toml" : path;

    private static Requirement Read(DeclaredRequirement declared, string file) =>
        declared.Parsed.Success
            ? declared.Parsed.Value
            : throw InputException.BadInput(declared.ErrorIn(file)!.ToString());

    private static ExtraName Extra(string text) =>
        ExtraName.TryParse(text) is { Success: true } extra
            ? extra.Value
            : throw InputException.Usage($"--extra: '{text}' is not the name of an extra");
}
