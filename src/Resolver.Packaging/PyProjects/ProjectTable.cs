using Resolver.Packaging.Metadata;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Specifiers;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.PyProjects;

/// <summary>The table <c>[project]</c> (PEP 621, with 639 and 808).</summary>
/// <remarks>Surprises: <c>dependencies</c> that are absent and not dynamic are none, for certain; since PEP 808 a
/// list may be static <em>and</em> dynamic, and is then a lower bound; the name may not be dynamic, the version must
/// be one or the other.</remarks>
public sealed record ProjectTable
{
    /// <summary>As written, or null where it is missing.</summary>
    public string? RawName { get; init; }

    /// <summary>Null where it is missing or no name.</summary>
    public PackageName? Name { get; init; }

    /// <summary>As written, or null where it is dynamic or missing.</summary>
    public string? RawVersion { get; init; }

    /// <summary>Null where it is dynamic, missing or no version.</summary>
    public Version? Version { get; init; }

    /// <summary>As written, or null.</summary>
    public string? RawRequiresPython { get; init; }

    /// <summary>Null where it is absent, dynamic or no specifier set.</summary>
    public SpecifierSet? RequiresPython { get; init; }

    /// <summary>The fields that the backend computes or adds to, as written.</summary>
    public IReadOnlyList<string> Dynamic { get; init; } = [];

    /// <summary>Null where they are dynamic and absent; otherwise what is written, which is all there is unless
    /// <see cref="IsDynamic"/>: then it is a lower bound.</summary>
    public IReadOnlyList<DeclaredRequirement>? Dependencies { get; init; }

    /// <summary>By the same rule; names that are equal once normalised are an error and their lists joined.</summary>
    public IReadOnlyList<OptionalDependencies>? OptionalDependencies { get; init; }

    /// <summary>An SPDX expression (PEP 639), or null.</summary>
    public string? LicenseExpression { get; init; }

    /// <summary>Glob patterns (PEP 639), or null where there are none written.</summary>
    public IReadOnlyList<string>? LicenseFiles { get; init; }

    /// <summary>Import names (PEP 794), or null where there are none written.</summary>
    public IReadOnlyList<string>? ImportNames { get; init; }

    /// <summary>Import namespaces (PEP 794), or null where there are none written.</summary>
    public IReadOnlyList<string>? ImportNamespaces { get; init; }

    /// <summary>Whether <c>scripts</c>, <c>gui-scripts</c> or <c>entry-points</c> are written.</summary>
    public bool HasEntryPoints { get; init; }

    /// <summary>What the standard forbids in this table, by line.</summary>
    public IReadOnlyList<DocumentError> Errors { get; init; } = [];

    /// <summary>Whether <c>dynamic</c> names the field (<c>dependencies</c>, <c>optional-dependencies</c>,
    /// <c>version</c>, …).</summary>
    public bool IsDynamic(string field) => Dynamic.Contains(field, StringComparer.Ordinal);

    /// <summary>What Requires-Dist of a wheel would hold: the dependencies, then those of each extra with <c>extra ==
    /// "x"</c> joined to their marker. Null where dependencies or optional dependencies are dynamic, even if a lower
    /// bound is known.</summary>
    public IReadOnlyList<DeclaredRequirement>? RequiresDist
    {
        get
        {
            if (
                Dependencies is null
                || OptionalDependencies is null
                || IsDynamic("dependencies")
                || IsDynamic("optional-dependencies")
            )
                return null;
            var all = new List<DeclaredRequirement>(Dependencies);
            foreach (var extra in OptionalDependencies)
                all.AddRange(extra.Requirements.Select(requirement => ExtraRequirements.Of(requirement, extra.Extra)));
            return all;
        }
    }
}
