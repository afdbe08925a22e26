using Resolver.Resolution.Problems;
using Resolver.Sat.Boolean;

namespace Resolver.Resolution.Encodings;

/// <summary>The clauses that keep an extra from being active without a cause. Only for extras that some condition wants inactive: for all others it makes no difference.</summary>
internal sealed class ExtraSupport
{
    private readonly Problem problem;
    private readonly ReachableVariables reachable;
    private readonly BooleanEncoding encoding;
    private readonly HashSet<VariableId> extras = [];
    private readonly HashSet<VariableId> roots = [];

    public ExtraSupport(Problem problem, ReachableVariables reachable, BooleanEncoding encoding)
    {
        (this.problem, this.reachable, this.encoding) = (problem, reachable, encoding);
        foreach (var root in problem.Roots)
        {
            if (!problem.AllowsAbsence(root))
                roots.Add(problem.Target(root));
        }

        foreach (var (_, _, requirement) in Requirements())
        {
            foreach (var condition in problem.Conditions(requirement))
            {
                if (!condition.Active && reachable.Contains(condition.Extra))
                    extras.Add(condition.Extra);
            }
        }
    }

    public void AddClauses()
    {
        foreach (var extra in extras.OrderBy(extra => extra.Index))
            Add(new HashSet<VariableId> { extra });
    }

    public void AddLoop(IReadOnlySet<VariableId> unfounded) => Add(unfounded);

    /// <summary>Each extra of the set that matters is active only where a requirement from outside of the set asks for a member.</summary>
    private void Add(IReadOnlySet<VariableId> set)
    {
        if (set.Overlaps(roots))
            return;
        var askers = new List<Literal>();
        foreach (var (source, candidate, requirement) in Requirements())
        {
            if (set.Contains(source) || !set.Contains(problem.Target(requirement)) || problem.AllowsAbsence(requirement))
                continue;
            // Nor may the asking depend on an extra of the set.
            if (problem.Conditions(requirement).ToArray().Any(condition => condition.Active && set.Contains(condition.Extra)))
                continue;
            if (Asks(source, candidate, requirement) is { } asks)
                askers.Add(asks);
        }

        foreach (var extra in extras.Where(set.Contains).OrderBy(extra => extra.Index))
            encoding.Add([!encoding.ValuesOf(extra)[0], .. askers], new(ClauseKind.Support, extra));
    }

    private Literal? Asks(VariableId source, int candidate, RequirementId requirement)
    {
        var chosen = encoding.ValuesOf(source)[candidate];
        var conditions = problem.Conditions(requirement).ToArray();
        if (conditions.Any(condition => condition.Active && !reachable.Contains(condition.Extra)))
            return null;
        if (conditions.Length == 0)
            return chosen;
        var asks = encoding.Formula.NewVariable().Positive;
        var origin = new ClauseOrigin(ClauseKind.Support, source, candidate, requirement);
        encoding.Add([!asks, chosen], origin);
        foreach (var condition in conditions.Where(condition => reachable.Contains(condition.Extra)))
        {
            var active = encoding.ValuesOf(condition.Extra)[0];
            encoding.Add([!asks, condition.Active ? active : !active], origin);
        }

        return asks;
    }

    private IEnumerable<(VariableId Source, int Candidate, RequirementId Requirement)> Requirements()
    {
        foreach (var variable in reachable.Order)
        {
            var usable = CandidateBits.Usable(problem, variable);
            for (var candidate = 0; candidate < problem.CandidateCount(variable); candidate++)
            {
                if (!CandidateBits.Has(usable, candidate))
                    continue;
                foreach (var requirement in problem.RequirementsOf(variable, candidate).ToArray())
                    yield return (variable, candidate, requirement);
            }
        }
    }
}
