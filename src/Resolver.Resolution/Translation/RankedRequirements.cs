using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Translation;

/// <summary>The requirements of one candidate that count.</summary>
/// <param name="Counted">In the order in which they are numbered: by name and text, those of the build last.</param>
/// <param name="Ranks">Places in <paramref name="Counted"/> in the order of the discovery queue (design: 'Which
/// answer'): runtime, then build, then by extra, each by name and text.</param>
internal sealed record RankedRequirements(ConditionalRequirement[] Counted, int[] Ranks)
{
    /// <summary>The text is made only where two lines speak of one project, which is rare.</summary>
    private static readonly Comparer<Requirement> ByNameAndText = Comparer<Requirement>.Create(
        (one, other) =>
            string.CompareOrdinal(one.Name.Normalized, other.Name.Normalized) is not 0 and var order
                ? order
                : string.CompareOrdinal(one.ToString(), other.ToString())
    );

    /// <summary>Those of a candidate.</summary>
    /// <param name="withBuild">Whether what its build requires counts as well.</param>
    public static RankedRequirements Of(EffectiveRequirements effective, Candidate candidate, bool withBuild)
    {
        var counted = new List<ConditionalRequirement>();
        Add(candidate.Requires, Role.Runtime);
        if (withBuild)
            Add(candidate.BuildRequires, Role.Build);
        var ranks = new int[counted.Count];
        for (var i = 0; i < ranks.Length; i++)
            ranks[i] = i;
        if (ranks.Length > 1)
            Array.Sort(ranks, (one, other) => Compare(counted[one], counted[other], one - other));
        return new RankedRequirements([.. counted], ranks);

        // Sorted before anything is numbered: what goes by number (a cycle's first member, say) must not depend on the
        // order of lines.
        void Add(IReadOnlyList<Requirement>? requirements, Role role)
        {
            foreach (var written in (requirements ?? []).Order(ByNameAndText))
                counted.AddRange(effective.Of(candidate, written, role));
        }
    }

    private static int Compare(in ConditionalRequirement one, in ConditionalRequirement other, int places) =>
        string.CompareOrdinal(one.ActiveExtras, other.ActiveExtras) is not 0 and var byExtra ? byExtra
        : (one.Role == Role.Build).CompareTo(other.Role == Role.Build) is not 0 and var byRole ? byRole
        : ByNameAndText.Compare(one.Requirement, other.Requirement) is not 0 and var byText ? byText
        : places;
}
