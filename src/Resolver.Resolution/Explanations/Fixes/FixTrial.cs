using Resolver.Packaging.Requirements;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Fixes;

/// <summary>Solves the whole question with a fix applied, as the planner does: what is not possible then is not
/// offered.</summary>
internal sealed class FixTrial(CandidateProblem problem, SolveBudget budget)
{
    private readonly Dictionary<Change, bool> known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The question with the change and a selection of it; null where there is none, or a limit came
    /// first.</summary>
    public (CandidateProblem Problem, Selection Selection)? With(Change change)
    {
        var tried = Solve(new AppliedFix(problem.Source, problem.Request).With(change));
        known[change] = tried is not null;
        return tried;
    }

    /// <summary>Whether there is a selection with the change.</summary>
    /// <param name="like">As <see cref="RankedFix.Like"/>.</param>
    public bool Works(Change change, FoundSelection? like = null)
    {
        if (!known.TryGetValue(change, out var works))
            known.Add(change, works = IsPossible(new AppliedFix(problem.Source, problem.Request).With(change), like));
        return works;
    }

    /// <summary>Whether the fix may be offered: there is a selection with it, or it is for a person to carry out, and
    /// nobody can try.</summary>
    public bool MayBeOffered(RankedFix fix)
    {
        if (fix.Only is { Change: { } only })
            return IsSameAsLettingGo(only) || Works(only, fix.Like);
        return fix.Actions.Any(each => each.Change is null)
            || IsPossible(AppliedFix.Of(problem.Source, problem.Request, fix.Actions)!, fix.Like);
    }

    /// <summary>Whether a root lets in what would be unusable without it: a pre-release that it names, or a yanked
    /// version that it pins.</summary>
    public bool LetsIn(Requirement root) =>
        root.Specifier.Specifiers.Any(each => each.NamesPrerelease)
        || (
            root.Specifier.Specifiers.Any(each => each.Operator is "==" or "===")
            && problem.Source.CandidatesOf(root.Name).Any(each => each.Yanked)
        );

    /// <summary>Whether the change does to the question exactly what letting a fact go did to the problem, of which a
    /// selection is known: no policy and no override looks at what it changes.</summary>
    private bool IsSameAsLettingGo(Change change) =>
        problem.Request.Overrides.Count == 0
        && change switch
        {
            // It requires nothing, like what stood in the place of such a file when the fact was let go.
            Change.Add add => add.File is { Requires: [], IsBuilt: false } && problem.Builds is null,
            Change.DropRoot drop => !IsHeeded(drop.Root),
            Change.RelaxRoot relax => !IsHeeded(relax.Root),
            Change.DropConstraint drop => !IsHeeded(drop.Constraint),
            Change.Separate separate => !separate.Roots.Any(IsHeeded),
            Change.Relax relax => relax.Requirement.Written.Extras.Count == 0,
            _ => false,
        };

    /// <summary>Whether a root lets in pre-releases, yanked versions or files that would be unusable without it, or is
    /// more than one requirement of the problem.</summary>
    private bool IsHeeded(Requirement root) => root.Url is not null || root.Extras.Count > 0 || LetsIn(root);

    private bool IsPossible(AppliedFix applied, FoundSelection? like)
    {
        var tried = Make(applied);
        return (like is not null && KeptSelection.Fits(problem, like, tried)) || budget.IsSatisfiable(tried);
    }

    private (CandidateProblem Problem, Selection Selection)? Solve(AppliedFix applied)
    {
        var tried = Make(applied);
        return budget.Solve(tried, trace: false) is Outcome.Satisfiable { Selection: var selection }
            ? (tried, selection)
            : null;
    }

    private CandidateProblem Make(AppliedFix applied) =>
        problem.Remade(
            applied.Source,
            applied.Request,
            builds: RequestedProblem.Builds(applied.Source, applied.Request, budget.Limits, budget.Cancellation),
            without: applied.LeftOut.Select(each => each.ToString()).ToHashSet()
        );
}
