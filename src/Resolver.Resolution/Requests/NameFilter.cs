using Resolver.Packaging.Names;

namespace Resolver.Resolution.Requests;

/// <summary>Some projects, or all (<c>:all:</c>). Immutable.</summary>
public sealed class NameFilter
{
    private readonly HashSet<PackageName> names;
    private readonly bool all;

    private NameFilter(bool all, IEnumerable<PackageName> names) => (this.all, this.names) = (all, [.. names]);

    public static NameFilter None { get; } = new(false, []);

    public static NameFilter All { get; } = new(true, []);

    public static NameFilter Of(IEnumerable<PackageName> names) => new(false, names);

    /// <summary>Whether it names nothing.</summary>
    public bool IsEmpty => !all && names.Count == 0;

    public bool Contains(PackageName name) => all || names.Contains(name);
}
