using Resolver.Packaging.Names;

namespace Resolver.Packaging.Markers;

/// <summary>Everything a marker can ask for: the environment and, depending on where the marker stands, extras and
/// dependency groups.</summary>
public sealed record MarkerContext
{
    /// <summary>The eleven variables.</summary>
    public required MarkerEnvironment Environment { get; init; }

    /// <summary>The whole set of extras requested of the project that the marker belongs to, for the variable
    /// <c>extra</c>; null where that variable is unknown (PEP 508: only in metadata).</summary>
    public IReadOnlyCollection<ExtraName>? RequestedExtras { get; init; }

    /// <summary>The variable <c>extras</c>; null where it is unknown (PEP 751: only in lock files).</summary>
    public IReadOnlyCollection<string>? Extras { get; init; }

    /// <summary>The variable <c>dependency_groups</c>; null where it is unknown (PEP 751: only in lock
    /// files).</summary>
    public IReadOnlyCollection<string>? DependencyGroups { get; init; }

    /// <summary>Further variables and other values for known ones, by name; null for none. An <c>extra</c> given here
    /// is one name.</summary>
    public IReadOnlyDictionary<string, string>? Overrides { get; init; }

    /// <summary>The text of a variable, or null where it is unknown.</summary>
    internal string? TextOf(string variable)
    {
        var value =
            Overrides is not null && Overrides.TryGetValue(variable, out var given) ? given : Environment[variable];
        // Builds of CPython between releases call themselves "3.12.0a1+", which is no version.
        return variable == "python_full_version" && value is not null && value.EndsWith('+') ? value + "local" : value;
    }
}
