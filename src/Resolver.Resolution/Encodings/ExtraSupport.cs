using Resolver.Resolution.Problems;
using Resolver.Sat.Boolean;

namespace Resolver.Resolution.Encodings;

/// <summary>The clauses that keep an extra from being active without a cause. Only for extras that some condition
/// wants inactive: for all others it makes no difference.</summary>
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
        foreach (var extra in extras.Where(extra => !roots.Contains(extra)).OrderBy(extra => extra.Index))
        {
            var askers = new List<Literal>();
            foreach (var (source, candidate, requirement) in Requirements())
            {
                if (
                    problem.Target(requirement) == extra
                    && !problem.AllowsAbsence(requirement)
                    && Asks(source, candidate, requirement) is { } asks
                )
                    askers.Add(asks);
            }

            encoding.Add([!encoding.ValuesOf(extra)[0], .. askers], new(ClauseKind.Support, extra));
        }
    }

    /// <summary>The literal that implies that the candidate's requirement is active; null where it cannot be.</summary>
    private Literal? Asks(VariableId source, int candidate, RequirementId requirement)
    {
        var chosen = encoding.ValuesOf(source)[candidate];
        var conditions = problem
            .Conditions(requirement)
            .ToArray()
            .Where(condition => condition.Active || reachable.Contains(condition.Extra))
            .ToArray();
        if (conditions.Any(condition => !reachable.Contains(condition.Extra)))
            return null;
        if (conditions.Length == 0)
            return chosen;
        var asks = encoding.Formula.NewVariable().Positive;
        var origin = new ClauseOrigin(ClauseKind.Support, source, candidate, requirement);
        encoding.Add([!asks, chosen], origin);
        foreach (var condition in conditions)
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
