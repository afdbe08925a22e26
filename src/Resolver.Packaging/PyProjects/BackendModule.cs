using Resolver.Packaging.Names;

namespace Resolver.Packaging.PyProjects;

/// <summary>Which project a build backend comes from, as far as names tell (PEP 517 names a module, not a
/// project).</summary>
public static class BackendModule
{
    /// <summary>Modules that are called otherwise than the project that provides them.</summary>
    private static readonly Dictionary<string, string> Others = new()
    {
        ["mesonpy"] = "meson-python",
        ["sipbuild"] = "sip",
    };

    /// <summary>Whether the name of the project is the beginning of the module's: <c>poetry-core</c> of
    /// <c>poetry.core.masonry.api</c>.</summary>
    /// <param name="backend">Module and object, as <c>build-backend</c> has them.</param>
    /// <param name="project">The project.</param>
    public static bool IsOf(string backend, PackageName project)
    {
        var parts = backend.Split(':')[0].Split('.');
        if (Others.TryGetValue(parts[0], out var other) && other == project.Normalized)
            return true;
        return Enumerable
            .Range(1, parts.Length)
            .Any(length =>
                PackageName.TryParse(string.Join('-', parts[..length])) is { Success: true } name
                && name.Value == project
            );
    }
}
