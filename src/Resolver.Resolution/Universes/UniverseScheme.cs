namespace Resolver.Resolution.Universes;

/// <summary>How a universe file writes versions and requirements.</summary>
public enum UniverseScheme
{
    /// <summary>PEP 440 versions, PEP 508 requirements.</summary>
    Pep440,

    /// <summary>SemVer 2 versions, requirements as <c>NAME RANGE</c> in NuGet interval notation.</summary>
    SemVer,

    /// <summary>Natural numbers of any length, ranges as for <see cref="SemVer"/>.</summary>
    Number,
}
