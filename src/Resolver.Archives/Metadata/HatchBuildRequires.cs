using Resolver.Packaging.Names;
using Resolver.Packaging.PyProjects;
using Resolver.Packaging.Toml;

namespace Resolver.Archives.Metadata;

/// <summary>What hatchling's <c>get_requires_for_build_wheel</c> adds to the build requirements, as far as
/// pyproject.toml and hatch.toml say it: <c>dependencies</c> of the build, of the target <c>wheel</c> and of the
/// hooks of both, and, where they ask for it, the project's own dependencies and features.</summary>
/// <remarks>A hook of the target replaces the build's of the same name. A hook that is not enabled by default adds
/// nothing unless the environment of the build enables it, which is not read here.</remarks>
internal sealed class HatchBuildRequires
{
    private readonly ProjectTable? project;
    private readonly TomlTable? build;
    private readonly TomlTable? target;
    private readonly List<string> requirements = [];

    private HatchBuildRequires(ProjectTable? project, TomlTable? build)
    {
        this.project = project;
        this.build = build;
        target = build?.Table("targets")?.Table("wheel");
    }

    /// <summary>The requirements, as written.</summary>
    /// <param name="isComplete">Whether nothing else can be added: false where they hang on dependencies that are not
    /// known.</param>
    public static IReadOnlyList<string> Of(ProjectFiles files, PyProject pyproject, out bool isComplete)
    {
        // Of the two, hatch.toml is laid over pyproject.toml.
        var build = files.Toml("hatch.toml")?.Table("build") ?? pyproject.Tool("hatch")?.Table("build");
        var read = new HatchBuildRequires(pyproject.Project, build);
        isComplete = read.Collect();
        return read.requirements;
    }

    private bool Collect()
    {
        Add(target);
        Add(build);
        var hooks = Hooks();
        foreach (var hook in hooks)
            Add(hook);
        var features = Features((target?.Has("require-runtime-features") == true ? target : build))
            .Concat(hooks.SelectMany(Features))
            .Distinct()
            .ToList();
        var isComplete = true;
        if (
            IsTrue(target?.Has("require-runtime-dependencies") == true ? target : build, "require-runtime-dependencies")
            || hooks.Any(hook => IsTrue(hook, "require-runtime-dependencies"))
        )
        {
            isComplete &= project is not null && !project.IsDynamic("dependencies");
            requirements.AddRange((project?.Dependencies ?? []).Select(each => each.Text));
        }
        foreach (var feature in features)
        {
            var optional = project?.OptionalDependencies?.FirstOrDefault(each => each.Extra.Normalized == feature);
            isComplete &= optional is not null;
            requirements.AddRange((optional?.Requirements ?? []).Select(each => each.Text));
        }
        return isComplete;
    }

    private List<TomlTable> Hooks()
    {
        var hooks = new Dictionary<string, TomlTable>(StringComparer.Ordinal);
        foreach (var tables in (TomlTable?[])[build?.Table("hooks"), target?.Table("hooks")])
        {
            foreach (var (name, node) in tables?.Entries ?? [])
            {
                if (node is TomlTable hook)
                    hooks[name] = hook;
            }
        }
        return [.. hooks.Values.Where(hook => hook["enable-by-default"] is not TomlBoolean { Value: false })];
    }

    private void Add(TomlTable? table) =>
        requirements.AddRange(
            (table?.Array("dependencies")?.Items ?? []).OfType<TomlText>().Select(each => each.Value)
        );

    private static IEnumerable<string> Features(TomlTable? table) =>
        (table?.Array("require-runtime-features")?.Items ?? [])
            .OfType<TomlText>()
            .Select(each => ExtraName.TryParse(each.Value))
            .Where(each => each.Success)
            .Select(each => each.Value.Normalized);

    private static bool IsTrue(TomlTable? table, string key) => table?[key] is TomlBoolean { Value: true };
}
