using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Archives.Declarations;

/// <summary>Metadata that a user declares for archives that do not tell, or tell wrongly. What is null here is left
/// as the archive says.</summary>
/// <remarks>A declaration is for one file (<see cref="File"/>; name and version are then declared too), or for a
/// project (<see cref="Name"/>) at one version or at every one. Immutable.</remarks>
public sealed record DeclaredMetadata
{
    /// <summary>The path of the file or tree that is meant, or the last part of it; null where name and version say
    /// what is meant.</summary>
    public string? File { get; init; }

    /// <summary>With <see cref="File"/>: what the file is called. Without: whose metadata this is.</summary>
    public PackageName? Name { get; init; }

    /// <summary>With <see cref="File"/>: which version the file is. Without: the only version that is meant, or null
    /// for all.</summary>
    public Version? Version { get; init; }

    /// <summary>What it needs to run, optional dependencies as <c>…; extra == "x"</c>.</summary>
    public IReadOnlyList<Requirement>? RequiresDist { get; init; }

    /// <summary>What it needs to be built; no meaning for wheels and for what is installed.</summary>
    public IReadOnlyList<Requirement>? BuildRequires { get; init; }

    /// <summary>The Pythons it runs on; the empty set of specifiers is every one.</summary>
    public SpecifierSet? RequiresPython { get; init; }

    /// <summary>The names of its extras.</summary>
    public IReadOnlyList<ExtraName>? Extras { get; init; }
}
