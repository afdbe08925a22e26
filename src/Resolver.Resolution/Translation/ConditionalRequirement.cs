using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;

namespace Resolver.Resolution.Translation;

/// <summary>A requirement of a candidate that counts where these extras of its project are active or not.</summary>
/// <param name="Requirement">The requirement as it counts, after overrides.</param>
/// <param name="Conditions">All of them must hold; empty: it always counts.</param>
/// <param name="Error">Why its marker cannot be judged; nothing meets it then.</param>
internal readonly record struct ConditionalRequirement(
    Requirement Requirement,
    IReadOnlyList<(ExtraName Extra, bool Active)> Conditions,
    string? Error
);
