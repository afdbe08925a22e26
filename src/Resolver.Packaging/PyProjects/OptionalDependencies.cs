using Resolver.Packaging.Metadata;
using Resolver.Packaging.Names;

namespace Resolver.Packaging.PyProjects;

/// <summary>One extra of <c>[project.optional-dependencies]</c> (PEP 621).</summary>
/// <param name="Extra">Its name, normalised (PEP 685).</param>
/// <param name="RawName">Its name as written.</param>
/// <param name="Requirements">In the order of the file.</param>
public sealed record OptionalDependencies(
    ExtraName Extra,
    string RawName,
    IReadOnlyList<DeclaredRequirement> Requirements
);
