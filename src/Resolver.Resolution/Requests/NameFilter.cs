using Resolver.Packaging.Names;

namespace Resolver.Resolution.Requests;

/// <summary>Some projects, or all (<c>:all:</c>), of which some may still be named. Immutable.</summary>
public sealed class NameFilter
{
    private readonly HashSet<PackageName> names;

    private NameFilter(bool all, IEnumerable<PackageName> names) => (IsAll, this.names) = (all, [.. names]);

    public static NameFilter None { get; } = new(false, []);

    public static NameFilter All { get; } = new(true, []);

    /// <summary>These projects; all projects where <paramref name="all"/> says so, these by name.</summary>
    public static NameFilter Of(IEnumerable<PackageName> names, bool all = false) => new(all, names);

    /// <summary>Whether it is all projects.</summary>
    public bool IsAll { get; }

    /// <summary>The projects that it names.</summary>
    public IReadOnlyCollection<PackageName> Named => names;

    /// <summary>Whether it contains nothing.</summary>
    public bool IsEmpty => !IsAll && names.Count == 0;

    /// <summary>Whether it contains the project, by name or because it is all.</summary>
    public bool Contains(PackageName name) => IsAll || names.Contains(name);

    /// <summary>Whether it contains the project by its name.</summary>
    public bool Names(PackageName name) => names.Contains(name);
}
