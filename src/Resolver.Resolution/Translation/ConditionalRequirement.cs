using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Translation;

/// <summary>A requirement of a candidate that counts where these extras of its project are active or not.</summary>
/// <param name="Requirement">The requirement as it counts, after overrides.</param>
/// <param name="Role">Why the candidate has it.</param>
/// <param name="Conditions">All of them must hold; empty: it always counts.</param>
/// <param name="Error">Why its marker cannot be judged; nothing meets it then.</param>
internal readonly record struct ConditionalRequirement(
    Requirement Requirement,
    Role Role,
    IReadOnlyList<(ExtraName Extra, bool Active)> Conditions,
    string? Error
)
{
    /// <summary>The extras that must be active, joined by commas; empty where none must.</summary>
    public string ActiveExtras { get; } =
        Conditions.Count == 0
            ? ""
            : string.Join(',', Conditions.Where(each => each.Active).Select(each => each.Extra.Normalized));
}
