using Resolver.Packaging.Names;
using Resolver.Packaging.PyProjects;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Toml;

namespace Resolver.Archives.Metadata;

/// <summary>Backends and plugins that take the version from version control, and the variables by which their own
/// documentation lets one say it instead.</summary>
internal static class VersionControl
{
    /// <summary>The variables for a project, empty where it uses none of these tools.</summary>
    public static IReadOnlyDictionary<string, string> Variables(
        PackageName name,
        string version,
        PyProject? pyproject,
        SetuptoolsSources setuptools,
        IReadOnlyList<Requirement> buildRequires
    )
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var plugins = buildRequires.Select(r => r.Name.Normalized).ToHashSet(StringComparer.Ordinal);
        if (
            plugins.Contains("setuptools-scm")
            || plugins.Contains("vcs-versioning")
            || pyproject?.Tool("setuptools_scm") is not null
            || setuptools.Passes("use_scm_version")
        )
        {
            // The one for a name where the tool knows the name, the plain one where it does not; each step is a
            // process of its own, so the plain one is safe.
            variables[$"SETUPTOOLS_SCM_PRETEND_VERSION_FOR_{name.Normalized.ToUpperInvariant().Replace('-', '_')}"] =
                version;
            variables["SETUPTOOLS_SCM_PRETEND_VERSION"] = version;
        }
        if (
            plugins.Contains("hatch-vcs")
            || pyproject?.Tool("hatch")?.Table("version")?.Text("source") == "vcs"
            || plugins.Contains("flit-scm")
        )
            variables["SETUPTOOLS_SCM_PRETEND_VERSION"] = version;
        if (plugins.Contains("pbr") || setuptools.Passes("pbr"))
            variables["PBR_VERSION"] = version;
        if (pyproject?.Tool("pdm")?.Table("version")?.Text("source") == "scm")
            variables["PDM_BUILD_SCM_VERSION"] = version;
        if (
            plugins.Contains("poetry-dynamic-versioning")
            || pyproject?.Tool("poetry-dynamic-versioning")?["enable"] is TomlBoolean { Value: true }
        )
            variables["POETRY_DYNAMIC_VERSIONING_BYPASS"] = version;
        if (plugins.Contains("uv-dynamic-versioning"))
            variables["UV_DYNAMIC_VERSIONING_BYPASS"] = version;
        return variables;
    }
}
