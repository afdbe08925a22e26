using System.Text.RegularExpressions;
using Resolver.Packaging.Metadata;
using Resolver.Packaging.PyProjects;

namespace Resolver.Archives.Metadata;

/// <summary>What a backend adds to <c>build-system.requires</c> when it is asked
/// (<c>get_requires_for_build_wheel</c>, PEP 517), as far as it can be read without asking.</summary>
internal static partial class AddedBuildRequires
{
    private const string Hook = "get_requires_for_build_wheel";

    /// <summary>The requirements, and why there may be more; null where there are no more.</summary>
    public static (IReadOnlyList<DeclaredRequirement> Requirements, string? Incomplete) Of(
        ProjectFiles files,
        PyProject? pyproject,
        BuildSystem buildSystem
    )
    {
        var backend = buildSystem.EffectiveBackend;
        var module = backend.Split(':')[0];
        // hatchling builds itself with this module of its own: it requires its own dependencies.
        if (buildSystem.BackendPath.Count > 0 && module == "hatchling.ouroboros")
            return pyproject?.Project is { Dependencies: { } own } project && !project.IsDynamic("dependencies")
                ? (own, null)
                : ([], $"{backend} requires the dependencies of the project, and these are not known");
        // setuptools building itself adds what its setup_requires says, which is read elsewhere.
        if (buildSystem.BackendPath.Count > 0 && module == "setuptools.build_meta")
            return ([], null);
        if (buildSystem.BackendPath.Count > 0 && !IsSilentInTree(files, buildSystem, module))
            return ([], $"its build backend {backend} is its own (backend-path) and may require more");
        if (module != "hatchling.build" || pyproject is null)
            return ([], null);
        var texts = HatchBuildRequires.Of(files, pyproject, out var isComplete);
        return (
            [.. texts.Distinct(StringComparer.Ordinal).Select(text => DeclaredRequirement.Read(text))],
            isComplete ? null : "its build hooks require its dependencies, and these are not known"
        );
    }

    /// <summary>The hook that requires nothing, whatever it is given.</summary>
    [GeneratedRegex(@"^def get_requires_for_build_wheel\([^()]*\):\n[ \t]+return \[\]$", RegexOptions.Multiline)]
    private static partial Regex AsksNothing();

    /// <summary>Whether a backend in the tree adds nothing: it neither defines the hook, or one that returns an empty
    /// list and nothing else, nor takes names from elsewhere.</summary>
    private static bool IsSilentInTree(ProjectFiles files, BuildSystem buildSystem, string module)
    {
        var path = module.Replace('.', '/');
        foreach (var folder in buildSystem.BackendPath.Select(each => each.Trim('/')))
        {
            var prefix = folder is "" or "." ? "" : folder + "/";
            foreach (var file in (string[])[$"{prefix}{path}.py", $"{prefix}{path}/__init__.py"])
            {
                if (files.Text(file) is not { } text)
                    continue;
                return !AsksNothing().Replace(text, "").Contains(Hook, StringComparison.Ordinal)
                    && !text.Contains("import *", StringComparison.Ordinal)
                    && !text.Contains("__getattr__", StringComparison.Ordinal);
            }
        }
        return false;
    }
}
