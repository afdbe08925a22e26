using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;

namespace Resolver.Resolution.Translation;

/// <summary>A requirement in numbers; shared by all candidates that require it.</summary>
internal sealed record NumberedRequirement(VariableId Target, Requirement Requirement, Role Role)
{
    public ExtraCondition[] Conditions { get; init; } = [];

    /// <summary>The only candidates that meet it, or null where the specifier decides.</summary>
    public IReadOnlyList<Candidate>? Exact { get; init; }

    /// <summary>Why it cannot be judged; nothing meets it then.</summary>
    public string? Error { get; init; }

    public bool Admits(Candidate candidate)
    {
        if (Exact is not null)
            return Exact.Contains(candidate);
        if (Requirement.Url is not null)
            return Requirement.ValidReference is { } reference && DirectReference.IsMetBy(reference, candidate);
        if (candidate.OnlyForReferences)
            return false;
        // Whether pre-releases may be chosen is the policy's matter, not the specifier's.
        return Requirement.Specifier.Contains(candidate.Version, prereleases: true);
    }
}
