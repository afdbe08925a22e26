namespace Resolver.Packaging.Versions;

/// <summary>What follows a release, in the order PEP 440 sorts it ("Summary of permitted suffixes and relative
/// ordering").</summary>
internal enum Phase
{
    /// <summary>A development release of the release itself, before its first alpha.</summary>
    Development = 0,
    Alpha = 1,
    Beta = 2,
    Candidate = 3,
    Final = 4,
    Post = 5,
}
