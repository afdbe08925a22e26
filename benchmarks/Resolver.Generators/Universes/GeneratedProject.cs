namespace Resolver.Generators.Universes;

/// <summary>A project and its releases, oldest first.</summary>
public sealed record GeneratedProject(string Name, IReadOnlyList<GeneratedRelease> Releases);

/// <summary>A release: what a universe file says of a version.</summary>
/// <param name="Requires">PEP 508, without markers.</param>
/// <param name="BuildRequires">The same; empty for a wheel.</param>
/// <param name="Extra">What the extra <c>full</c> needs; null where there is no such extra.</param>
public sealed record GeneratedRelease(
    string Version,
    bool IsWheel,
    IReadOnlyList<string> Requires,
    IReadOnlyList<string> BuildRequires,
    IReadOnlyList<string>? Extra
);
