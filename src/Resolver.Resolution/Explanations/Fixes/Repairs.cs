using Resolver.Packaging.Requirements;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Fixes;

/// <summary>Smallest changes after each of which there is a plan: each is applied to the whole question and solved as
/// the planner does, before it is offered.</summary>
/// <param name="supposed">The text of a root that is to stay: what it takes is the question.</param>
internal sealed class Repairs(Problem problem, IProblemText text, SolveBudget budget, string? supposed = null)
{
    private const int MostFixes = 8;

    /// <summary>Where there are as many, weak ones are not offered beside them.</summary>
    private const int EnoughFixes = 3;

    /// <summary>Facts that stood alone in the way: more of them are further ways to the same end.</summary>
    private const int MostHelpful = 4;

    /// <summary>Facts of one conflict that are tried: one of hundreds has more of the same, and each try is a
    /// solve.</summary>
    private const int MostTried = 10;

    private readonly HashSet<Assumption> helpful = [];
    private readonly List<RankedFix> fixes = [];
    private readonly List<(int Place, Assumption.Requires Root, FoundSelection Without)> roots = [];

    /// <summary>Facts of the conflict that stood alone in the way, or that the fix for all conflicts together lets
    /// go: what is hinted at about others would not help.</summary>
    public IReadOnlySet<Assumption> Helpful => helpful;

    /// <summary>Whether there is a selection without one of the things that are requested: each of the others can be
    /// had by itself.</summary>
    public bool IsOneRootInTheWay => roots.Count > 0;

    /// <summary>Best first; each is possible.</summary>
    public IReadOnlyList<IReadOnlyList<FixAction>> Find(IReadOnlyList<Assumption> core)
    {
        var question = new FixQuestion(problem, text, budget, core);
        var additions = new AdditionFixes(question);
        LetGoOneByOne(question, additions);
        var rootFixes = new RootFixes(question);
        foreach (var (place, root, without) in Enumerable.Reverse(roots))
            fixes.Insert(place, new RankedFix(RankedFix.Dropped, rootFixes.Without(root)) { Like = without });
        fixes.AddRange(rootFixes.WithoutOverrides().Select(each => RankedFix.Of(RankedFix.Constraint, each)));
        if (rootFixes.IsolatedBuilds() is { } isolated)
            fixes.Add(RankedFix.Of(RankedFix.Right, isolated));
        if (
            supposed is null
            && rootFixes.Apart(roots.ConvertAll(each => each.Root), helpful, isLast: fixes.Count == 0) is { } apart
        )
            fixes.Add(apart);
        if (additions.Shortest(any: false) is { } list)
        {
            fixes.Insert(0, list);
            helpful.UnionWith(core.OfType<Assumption.NoOthers>());
        }
        if (Offered(question, rootFixes) is { Count: > 0 } offered)
            return offered;
        var joint = new JointFix(problem, text, budget, supposed);
        if ((joint.Find(question, dropsOnly: false) ?? joint.Find(question, dropsOnly: true)) is not { } together)
            return additions.Shortest(any: true) is { } hoped ? [hoped.Actions] : [];
        helpful.UnionWith(joint.Released);
        return [together];
    }

    /// <summary>Asking for what was probably meant, where that has a plan.</summary>
    public FixAction? Renamed(string name, string meant)
    {
        var question = new FixQuestion(problem, text, budget, []);
        foreach (
            var id in question.Roots.Where(id =>
                question.Own is not null && !text.IsGiven(id) && text.ProjectOf(problem.Target(id)) == name
            )
        )
        {
            var asked = question.Own!.RequirementOf(id);
            var instead = Requirement.Parse(meant + asked.ToReadableText()[asked.RawName.Length..]);
            var change = new Change.RelaxRoot(asked, instead);
            if (question.Trial!.Works(change))
                return new FixAction("relax", $"{asked} to {instead}")
                {
                    Text = $"request {instead} instead",
                    Change = change,
                };
        }
        return null;
    }

    private void LetGoOneByOne(FixQuestion question, AdditionFixes additions)
    {
        var order = new FixOrder(question, supposed);
        var (requirements, permissions) = (new RequirementFixes(question), new PermissionFixes(question));
        var references = new ReferenceFixes(question);
        var hopeless = new HashSet<Assumption>();
        foreach (var fact in order.Actionable.Take(MostTried))
        {
            var found = fixes.Count + roots.Count;
            if (
                found >= MostFixes
                || (found >= EnoughFixes && order.Rank(fact) >= FixOrder.Deep)
                || helpful.Count >= MostHelpful
            )
                break;
            if (!hopeless.Contains(fact) && question.Relaxed.Without([fact]) is { } selection)
            {
                helpful.Add(fact);
                LetGo(fact, selection);
                continue;
            }
            // What the rest is impossible without alone cannot help either.
            if (question.Relaxed.Refutation is { } refutation)
            {
                var used = MinimalCore.Assumptions(problem, text, refutation, []);
                hopeless.UnionWith(question.Core.Where(each => !used.Exists(other => Overlap(each, other))));
            }
            if (
                fact is Assumption.Unusable { Kind: UnusableKind.Policy or UnusableKind.Prerelease } unusable
                && permissions.Everywhere(unusable.Kind) is { } everywhere
            )
            {
                helpful.Add(fact);
                fixes.Add(RankedFix.Of(RankedFix.Right, everywhere));
            }
        }

        void LetGo(Assumption fact, FoundSelection selection)
        {
            // Where it is enough to request less, nothing has to go.
            var lesser = requirements.Lesser(fact, selection) ?? references.Instead(fact);
            if (lesser is { } less)
                Add(less);
            switch (fact)
            {
                case Assumption.Requires { Source: null } root when text.RoleOf(root.Id) == Role.Constraint:
                    Add(RankedFix.Of(RankedFix.Constraint, new RootFixes(question).WithoutConstraint(root)));
                    break;
                case Assumption.Requires { Source: null } root:
                    roots.Add((fixes.Count, root, selection));
                    break;
                case Assumption.Requires requires when lesser is null && requirements.Ignored(requires) is { } ignored:
                    Add(ignored);
                    break;
                case Assumption.NoOthers each when additions.One(each.Project, selection) is { } added:
                    Add(added);
                    break;
                // A wheel does not become another; to add one that fits is said.
                case Assumption.Unusable { Kind: not UnusableKind.Tags } unusable:
                    Add(RankedFix.Of(RankedFix.Right, permissions.Of(unusable, selection)));
                    break;
            }

            void Add(RankedFix fix) => fixes.Add(fix with { Like = selection });
        }
    }

    /// <summary>The best of what was found, as far as it proves possible. To request nothing is no help, unless nothing
    /// else is.</summary>
    private List<IReadOnlyList<FixAction>> Offered(FixQuestion question, RootFixes rootFixes)
    {
        var found = fixes
            .DistinctBy(each => each.Only is { } only ? (only.Verb, only.What) : ("", ""))
            .OrderBy(each => each.Rank)
            .ToLookup(rootFixes.DropsAll);
        return Possible(question, found[false]) is { Count: > 0 } possible ? possible : Possible(question, found[true]);
    }

    private static List<IReadOnlyList<FixAction>> Possible(FixQuestion question, IEnumerable<RankedFix> found)
    {
        var possible = new List<IReadOnlyList<FixAction>>();
        foreach (var fix in found)
        {
            if (possible.Count == MostFixes || (fix.Rank >= RankedFix.Weak && possible.Count >= EnoughFixes))
                break;
            if (question.Trial?.MayBeOffered(fix) != false)
                possible.Add(fix.Actions);
        }
        return possible;
    }

    /// <summary>Whether one speaks of what the other does: runs of two searches need not be the same.</summary>
    private static bool Overlap(Assumption one, Assumption other) =>
        one is Assumption.Requires a && other is Assumption.Requires b
            ? a.Source == b.Source && a.Id == b.Id && a.First <= b.Last && b.First <= a.Last
            : one == other;
}
