using Resolver.Resolution.Candidates;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Cycles;
using Resolver.Resolution.Explanations.Fixes;
using Resolver.Resolution.Explanations.Hints;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Explanations.Unmet;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations;

/// <summary>Says why a problem has no selection: a minimal core of facts, the same in words, hints, and fixes that
/// were solved again.</summary>
public static class Explainer
{
    /// <summary>The explanation of a problem that is known to be unsatisfiable; null where a limit was reached before
    /// anything could be said.</summary>
    /// <param name="source">Where hints about what lies beside the problem come from; null where there is nothing
    /// beside.</param>
    public static Explanation? Explain(
        Problem problem,
        IProblemText text,
        ICandidateSource? source,
        PlanLimits limits,
        CancellationToken cancellation = default
    ) => Explain(problem, text, source, limits, refutation: null, supposed: null, cancellation);

    /// <summary>The same, from what the search that found no selection said.</summary>
    /// <param name="refutation">Of this very problem; null: it is searched again.</param>
    internal static Explanation? Explain(
        Problem problem,
        IProblemText text,
        ICandidateSource? source,
        PlanLimits limits,
        Refutation? refutation,
        CancellationToken cancellation = default
    ) => Explain(problem, text, source, limits, refutation, supposed: null, cancellation);

    /// <param name="supposed">The text of a root that is no wish but a supposition, and how to call it: the answer is
    /// why it cannot be.</param>
    internal static Explanation? Explain(
        Problem problem,
        IProblemText text,
        ICandidateSource? source,
        PlanLimits limits,
        Refutation? refutation,
        (string Root, string Name)? supposed,
        CancellationToken cancellation
    )
    {
        var budget = new SolveBudget(limits, cancellation);
        text = new MemoizedText(text);
        var core = new MinimalCore(problem, text, budget);
        if (refutation is null)
            core.Find();
        else
            core.Minimise(refutation);
        if (core.Facts is not { } assumptions)
            return null;
        var report = new ConflictReport(problem, text, assumptions, supposed);
        var repairs = new Repairs(problem, text, budget, supposed?.Root);
        var fixes = WithCycles(problem, assumptions, repairs.Find(assumptions), budget);
        var hints = new HintSearch(problem, text, source, repairs.Helpful).Find(assumptions);
        if (
            hints.FirstOrDefault(each => each.Meant is not null) is { } misspelt
            && repairs.Renamed(misspelt.Name, misspelt.Meant!) is { } renamed
        )
            fixes =
            [
                [renamed],
                .. fixes,
            ];
        return new Explanation(report.Facts, core.IsMinimal, report.Tell(), hints, fixes)
        {
            Unmet =
                problem is CandidateProblem own && supposed is null
                    ? UnmetSearch.Find(own, text, assumptions, repairs.IsOneRootInTheWay, budget)
                    : null,
        };
    }

    /// <summary>The same with all minimal cores there are.</summary>
    /// <param name="most">How many cores to find at most.</param>
    public static Explanation? ExplainAll(
        Problem problem,
        IProblemText text,
        ICandidateSource? source,
        int most,
        PlanLimits limits,
        CancellationToken cancellation = default
    )
    {
        if (Explain(problem, text, source, limits, cancellation) is not { } first)
            return null;
        var budget = new SolveBudget(limits, cancellation);
        var core = new MinimalCore(problem, text, budget);
        core.Find();
        if (core.Facts is not { } assumptions || !core.IsMinimal)
            return first;
        var all = new AllCores(problem, text, budget, most);
        all.Find(assumptions);
        var conflicts = all
            .Cores.Select(each => new ConflictReport(problem, text, each))
            .Select(each => new Conflict(each.Facts, each.TellBody()))
            .ToList();
        return first with { Conflicts = conflicts, AreAllConflicts = all.IsComplete };
    }

    /// <summary>The fixes with those that break cycles, which are tried with what the wheels require at run
    /// time.</summary>
    private static IReadOnlyList<IReadOnlyList<FixAction>> WithCycles(
        Problem problem,
        IReadOnlyList<Assumption> core,
        IReadOnlyList<IReadOnlyList<FixAction>> fixes,
        SolveBudget budget
    )
    {
        if (problem is not CandidateProblem own || !core.Any(each => each is Assumption.Cycle))
            return fixes;
        if (CycleFixes.Find(own, budget) is not { Count: > 0 } breaking)
            return fixes;
        var others = fixes
            .Where(fix => fix is not [{ Verb: "waive" } or { Kind: "wheel" }])
            .Where(fix => fix.Count == 1 || fix.Any(action => action.Verb != "drop"))
            .ToLookup(fix => fix is [{ Verb: "use" or "allow" }]);
        return [.. others[true], .. breaking, .. others[false]];
    }

    /// <summary>The core as one line about the root that is granted
    /// (<see cref="ConflictReport.TellReason(string, string)"/>); null where there is a selection, or a limit was
    /// reached first.</summary>
    internal static string? Reason(
        Problem problem,
        IProblemText text,
        string granted,
        PlanLimits limits,
        CancellationToken cancellation
    )
    {
        var core = new MinimalCore(problem, text, new SolveBudget(limits, cancellation));
        core.Find();
        return core.Facts is { } facts ? new ConflictReport(problem, text, facts).TellReason(granted) : null;
    }
}
