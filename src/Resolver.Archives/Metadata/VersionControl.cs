using Resolver.Packaging.Names;
using Resolver.Packaging.PyProjects;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Toml;

namespace Resolver.Archives.Metadata;

/// <summary>Backends and plugins that take the version from version control, and the variables by which each lets one
/// say it instead.</summary>
/// <remarks>dunamai has no such variable; its plugins for Poetry and hatchling have. versioningit and
/// setuptools-git-versioning have none at all.</remarks>
internal sealed class VersionControl
{
    private readonly HashSet<string> plugins;
    private readonly PyProject? pyproject;
    private readonly SetuptoolsSources setuptools;

    public VersionControl(PyProject? pyproject, SetuptoolsSources setuptools, IReadOnlyList<Requirement> buildRequires)
    {
        (this.pyproject, this.setuptools) = (pyproject, setuptools);
        plugins = buildRequires.Select(r => r.Name.Normalized).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The options of setuptools_scm, or of the library that it is made of since its version 10.</summary>
    private TomlTable? ScmTable => pyproject?.Tool("setuptools_scm") ?? pyproject?.Tool("vcs-versioning");

    // Without setuptools_scm the library knows its own variable alone.
    private IEnumerable<string> ScmTools =>
        pyproject?.Tool("vcs-versioning") is null
            ? ["SETUPTOOLS_SCM_PRETEND_VERSION"]
            : ["SETUPTOOLS_SCM_PRETEND_VERSION", "VCS_VERSIONING_PRETEND_VERSION"];

    private bool IsSetuptoolsScm =>
        plugins.Contains("setuptools-scm")
        || plugins.Contains("vcs-versioning")
        || ScmTable is not null
        || setuptools.Passes("use_scm_version");

    private bool IsHatchVcs =>
        plugins.Contains("hatch-vcs") || pyproject?.Tool("hatch")?.Table("version")?.Text("source") == "vcs";

    /// <summary>The tool whose version cannot be determined from outside; null where there is none.</summary>
    public string? Untold =>
        plugins.Contains("versioningit") || pyproject?.Tool("versioningit") is not null ? "versioningit"
        : plugins.Contains("setuptools-git-versioning") || pyproject?.Tool("setuptools-git-versioning") is not null
            ? "setuptools-git-versioning"
        : null;

    /// <summary>The version that <c>.git_archival.txt</c> gives these tools; null where none of them is used, or it is
    /// not known.</summary>
    public string? Archived(ProjectFiles files)
    {
        if (IsHatchVcs)
        {
            var version = pyproject?.Tool("hatch")?.Table("version");
            return version?.Has("tag-pattern") == true
                ? null
                : GitArchival.Version(files, version?.Table("raw-options"));
        }
        // An argument of setup() holds options that are not read here, and may hold functions.
        return IsSetuptoolsScm && !setuptools.Passes("use_scm_version") ? GitArchival.Version(files, ScmTable) : null;
    }

    /// <summary>The variables, in ordinal order; empty where the project uses none of these tools.</summary>
    public IReadOnlyList<string> Variables(PackageName? name)
    {
        var variables = new SortedSet<string>(StringComparer.Ordinal);
        if (IsSetuptoolsScm)
        {
            // The one for a name where the tool knows the name, the plain one where it does not; each step is a
            // process of its own, so the plain one is safe.
            if (
                ScmTable?.Text("dist_name") is { } text
                && PackageName.TryParse(text) is { Success: true, Value: var named }
            )
                name = named;
            foreach (var tool in ScmTools)
            {
                if (name is { } known)
                    variables.Add($"{tool}_FOR_{known.Normalized.ToUpperInvariant().Replace('-', '_')}");
                variables.Add(tool);
            }
        }
        // hatch-vcs and flit-scm call setuptools_scm without a name.
        if (IsHatchVcs || plugins.Contains("flit-scm"))
            variables.Add("SETUPTOOLS_SCM_PRETEND_VERSION");
        // pbr builds itself.
        if (
            plugins.Contains("pbr")
            || setuptools.Passes("pbr")
            || pyproject?.BuildSystem?.EffectiveBackend == "pbr.build"
        )
            variables.Add("PBR_VERSION");
        if (pyproject?.Tool("pdm")?.Table("version")?.Text("source") == "scm")
        {
            variables.Add("PDM_BUILD_SCM_VERSION");
            // The same backend under its former name.
            if (plugins.Contains("pdm-pep517"))
                variables.Add("PDM_PEP517_SCM_VERSION");
        }
        if (
            plugins.Contains("poetry-dynamic-versioning")
            || pyproject?.Tool("poetry-dynamic-versioning")?["enable"] is TomlBoolean { Value: true }
        )
            variables.Add("POETRY_DYNAMIC_VERSIONING_BYPASS");
        if (plugins.Contains("uv-dynamic-versioning"))
            variables.Add("UV_DYNAMIC_VERSIONING_BYPASS");
        return [.. variables];
    }
}
