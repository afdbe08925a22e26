namespace Resolver.Application.Caches;

/// <summary>What the cache holds.</summary>
public enum CachePart
{
    /// <summary>What was read of archives.</summary>
    Archives,

    /// <summary>What interpreters said of themselves.</summary>
    Interpreters,

    /// <summary>What build backends said.</summary>
    Hooks,

    /// <summary>Built wheels.</summary>
    Wheels,
}
