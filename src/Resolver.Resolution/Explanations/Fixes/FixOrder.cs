using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Fixes;

/// <summary>Which facts of a conflict are dropped first.</summary>
/// <param name="supposed">The text of a root that is to stay: what it takes is the question.</param>
internal sealed class FixOrder(FixQuestion question, string? supposed)
{
    /// <summary>The rank of facts that lie deeper than what is requested; fixes of these are tried only where others
    /// are few.</summary>
    public const int Deep = 5;

    /// <summary>Facts that a person could do something about: what costs the least first; of two, what is reported
    /// last, since it lies deepest.</summary>
    public IReadOnlyList<Assumption> Actionable =>
        [
            .. question
                .Core.Index()
                .Where(each => IsActionable(each.Item))
                .OrderBy(each => Rank(each.Item))
                .ThenByDescending(each =>
                    each.Item is Assumption.Requires { Source: not null } ? each.Index : -each.Index
                )
                .Select(each => each.Item),
        ];

    /// <summary>The rank of a fact.</summary>
    public int Rank(Assumption assumption) =>
        assumption switch
        {
            // A cycle is broken by what need not be built, and by nothing else of the same kind.
            Assumption.NoOthers each
                when question
                    .Core.OfType<Assumption.Cycle>()
                    .Any(cycle =>
                        cycle.Nogood.Certificate is BuildCycle build
                        && build.Edges.Any(edge => edge.Source == each.Project)
                    ) => question.IsInCycle(each.Project) ? 0 : Deep,
            // What nothing is required of goes first: another version of it is all that is missing, whereas another
            // version of what requires it would help only if it required less.
            Assumption.NoOthers each => question.Requires.Any(requires => requires.Source == each.Project) ? Deep : 0,
            Assumption.Unusable => 1,
            Assumption.Requires { Source: null } => 2,
            _ => 3,
        };

    private bool IsHope(Assumption.NoOthers closed) =>
        question.Own is not null && Rank(closed) == Deep && question.WhyUnusable(closed.Project) is null;

    /// <summary>Whether a person could do anything about it.</summary>
    private bool IsActionable(Assumption assumption) =>
        assumption switch
        {
            Assumption.Requires { Source: null } root when question.Text.TextOf(root.Id) == supposed => false,
            Assumption.Cycle => false, // its members are: a wheel of one of them, or a requirement that is waived
            // Another version of what is there is a hope.
            Assumption.NoOthers each when IsHope(each) => false,
            Assumption.NoOthers each => question
                .Requires.Where(requires => question.Problem.Target(requires.Id) == each.Project)
                .Select(requires => requires.Id)
                .ToList()
                is var required
                && required.TrueForAll(question.Problem.AdmitsOthers)
                && question.Bound(required) is not null,
            _ => true,
        };
}
