using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Fixes;

/// <summary>What fixes are looked for: a problem that has no selection, and a minimal conflict of it.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Text">What its numbers mean.</param>
/// <param name="Budget">The limits of the explanation.</param>
/// <param name="Core">The minimal conflict.</param>
internal sealed record FixQuestion(
    Problem Problem,
    IProblemText Text,
    SolveBudget Budget,
    IReadOnlyList<Assumption> Core
)
{
    /// <summary>The problem with some facts of the conflict dropped, asked repeatedly.</summary>
    public RelaxedSolver Relaxed { get; } = new(Problem, Text, Budget, Core);

    /// <summary>The problem, where what is requested can be changed beyond letting facts go; null for problems of
    /// other ecosystems and of several environments.</summary>
    public CandidateProblem? Own { get; } = Problem as CandidateProblem;

    /// <summary>Tries fixes on the whole question; null where <see cref="Own"/> is.</summary>
    public FixTrial? Trial { get; } = Problem is CandidateProblem own ? new FixTrial(own, Budget) : null;

    /// <summary>The requirements of the conflict.</summary>
    public IEnumerable<Assumption.Requires> Requires => Core.OfType<Assumption.Requires>();

    /// <summary>What is requested or given, without constraints.</summary>
    public IEnumerable<RequirementId> Roots => Problem.Roots.ToArray().Where(id => Text.RoleOf(id) != Role.Constraint);

    /// <summary>Whether the project is built in a build dependency cycle of the conflict.</summary>
    public bool IsInCycle(VariableId project) =>
        Core.OfType<Assumption.Cycle>()
            .Any(cycle =>
                cycle.Nogood.Certificate is BuildCycle build
                && build.Edges.Any(edge => edge.Source == project && Problem.IsBuildRequirement(edge.Requirement))
            );

    /// <summary>Why what there is of the project may not be chosen, where the conflict says so.</summary>
    public UnusableKind? WhyUnusable(VariableId project) =>
        Core.OfType<Assumption.Unusable>().FirstOrDefault(each => each.Project == project)?.Kind;

    /// <summary>The requirements that hold of the project in a selection.</summary>
    public List<RequirementId> RequiredOf(VariableId project, FoundSelection selection)
    {
        var roots = Problem.Roots.ToArray().Where(root => Problem.Target(root) == project);
        return [.. roots.Concat(selection.RequirementsOn(project).Select(each => each.Id)).Where(selection.Holds)];
    }

    /// <summary>All bounds at once, as text; null where no version can be all of it.</summary>
    public string? Bound(IEnumerable<RequirementId> requirements, IReadOnlyList<string>? further = null)
    {
        var bounds = requirements
            .Select(Text.BoundOf)
            .Where(each => each.Length > 0)
            .Concat(further ?? [])
            .Distinct()
            .ToList();
        if (bounds.Count == 0)
            return "";
        if (SpecifierSet.TryParse(string.Join(',', bounds)) is not { Success: true, Value: var set })
            return $" {string.Join(" && ", bounds)}";
        return set.IsUnsatisfiable || set.Ranges.IsEmpty ? null : BoundText.Of(set);
    }

    /// <summary>The source of a requirement for a person: name and versions.</summary>
    public string Who(Assumption.Requires fact)
    {
        var source = fact.Source!.Value;
        var last = Math.Min(fact.Last, Problem.CandidateCount(source) - 1);
        var versions =
            fact.First == last
                ? Text.VersionOf(source, last)
                : $"{Text.VersionOf(source, fact.First)} to {Text.VersionOf(source, last)}";
        return $"{Text.ProjectOf(source)} {versions}";
    }
}
