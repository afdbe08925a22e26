using Resolver.Resolution.Problems;
using Resolver.Sat.Boolean;

namespace Resolver.Resolution.Encodings;

/// <summary>
/// A problem as clauses over one Boolean a candidate: what Z3 is given and what proofs refute. Everything that the
/// roots can reach is written out, so it costs more than the domain search, which loads what it needs; it is the
/// independent second opinion. Not thread-safe.
/// </summary>
/// <remarks>
/// With x(v,c) for 'variable v has candidate c', x(v,-) for 'v is absent', and n candidates of v:
/// <list type="table">
/// <item><term>exactly one</term><description>
/// x(v,0) ∨ … ∨ x(v,n-1) ∨ x(v,-), and at most one of them by a ladder s(0) → s(1) → … where s(i) says 'one of the
/// first i+1': x(i) → s(i), s(i) → s(i+1), x(i+1) → ¬s(i). 3n clauses a variable where n > 1 (pairwise would be
/// n²/2). An extra, and any variable with n = 1, is one Boolean: x(v,-) is ¬x(v,0), no clause.</description></item>
/// <item><term>unusable</term><description>¬x(v,c). One clause each.</description></item>
/// <item><term>satisfied</term><description>r → the disjunction of x(t,d) over the candidates d of the target t that
/// satisfy requirement r, and of x(t,-) where r allows absence. One clause a requirement, however many share it; none
/// where r is a single literal by itself. The other direction is not needed.</description></item>
/// <item><term>root</term><description>r. One clause a root.</description></item>
/// <item><term>requirement</term><description>x(v,c) ∧ conditions → r. One clause a usable candidate and requirement.
/// None where an extra wanted active is out of reach, or where a constraint's target is: they hold by
/// themselves.</description></item>
/// <item><term>support</term><description>For an extra e that some condition wants inactive: x(e,0) → the disjunction
/// over its askers (v,c,r) of a(v,c,r), and a(v,c,r) → x(v,c) and → each condition of r. 1 + askers × (1 +
/// conditions) clauses. Extras without such a condition need none: an extra active without a cause only adds
/// duties.</description></item>
/// <item><term>theory</term><description>Not all of t(v,T), with t(v,T) ↔ the disjunction of x(v,c) over c in T: 1
/// clause, and |T| + 2 for each T of several candidates.</description></item>
/// <item><term>bound</term><description>A sequential counter: c(i,j), at least j + 1 of the first i + 1 terms hold.
/// One clause a candidate of a term, 2 a place of the counter.</description></item>
/// </list>
/// </remarks>
internal sealed class BooleanEncoding
{
    private readonly Problem problem;
    private readonly ReachableVariables reachable;
    private readonly Dictionary<VariableId, Literal[]> values = [];
    private readonly Dictionary<RequirementId, Literal?> satisfied = [];
    private readonly List<ClauseOrigin> origins = [];
    private readonly ExtraSupport support;

    /// <summary>Writes out the whole problem; reads everything that its roots can reach.</summary>
    public BooleanEncoding(Problem problem)
    {
        this.problem = problem;
        reachable = new ReachableVariables(problem);
        foreach (var variable in reachable.Order)
            AddValues(variable);
        foreach (var root in problem.Roots)
            AddRequirement(null, -1, root);
        support = new ExtraSupport(problem, reachable, this);
        foreach (var variable in reachable.Order)
            AddRequirements(variable);
        support.AddClauses();
        foreach (var bound in problem.Bounds)
            AddBound(bound);
    }

    /// <summary>The clauses; grows with <see cref="AddNogood"/> and <see cref="AddUnfounded"/>.</summary>
    public Cnf Formula { get; } = new();

    /// <summary>The variables that have Booleans, in breadth-first order from the roots. Any other is absent in every
    /// answer.</summary>
    public IReadOnlyList<VariableId> Variables => reachable.Order;

    /// <summary>Which fact the clause states.</summary>
    public ClauseOrigin OriginOf(int clause) => origins[clause];

    public bool IsReachable(VariableId variable) => reachable.Contains(variable);

    /// <summary>The literal of each value of a reachable variable: its candidates in order, then 'absent'. Empty
    /// where it has no candidates: then it is absent.</summary>
    public ReadOnlySpan<Literal> ValuesOf(VariableId variable) => values[variable];

    /// <summary>States a nogood of the theory.</summary>
    public void AddNogood(SelectionNogood nogood)
    {
        var clause = new List<Literal>();
        foreach (var term in nogood.Terms)
        {
            if (IsReachable(term.Variable) && values[term.Variable].Length > 0)
                clause.Add(!InSet(term, nogood));
            else if (!term.AdmitsAbsence)
                return;
        }

        Add(clause, new(ClauseKind.Theory, Nogood: nogood));
    }

    /// <summary>States that these choices, all that a walk of the queue made, are no selection: one of them is that
    /// the extra is active, and with the others nothing reaches it.</summary>
    public void AddUnfounded(IEnumerable<Literal> choices, VariableId extra) =>
        Add(choices.Select(choice => !choice), new(ClauseKind.Support, extra));

    internal void Add(IEnumerable<Literal> clause, ClauseOrigin origin)
    {
        Formula.AddClause(clause.ToArray());
        origins.Add(origin);
    }

    private void AddValues(VariableId variable)
    {
        var count = problem.CandidateCount(variable);
        if (count == 0)
        {
            values.Add(variable, []);
            return;
        }

        var literals = new Literal[count + 1];
        for (var candidate = 0; candidate < count; candidate++)
            literals[candidate] = Formula.NewVariable().Positive;
        literals[count] = count == 1 ? !literals[0] : Formula.NewVariable().Positive;
        values.Add(variable, literals);
        if (count > 1)
            AddExactlyOne(literals, new(ClauseKind.ExactlyOne, variable));
        var usable = CandidateBits.Usable(problem, variable);
        for (var candidate = 0; candidate < count; candidate++)
        {
            if (!CandidateBits.Has(usable, candidate))
                Add([!literals[candidate]], new(ClauseKind.Unusable, variable, candidate));
        }
    }

    private void AddExactlyOne(Literal[] literals, ClauseOrigin origin)
    {
        Add(literals, origin);
        var before = Formula.NewVariable().Positive;
        Add([!literals[0], before], origin);
        for (var i = 1; i < literals.Length; i++)
        {
            Add([!literals[i], !before], origin);
            if (i == literals.Length - 1)
                break;
            var here = Formula.NewVariable().Positive;
            Add([!literals[i], here], origin);
            Add([!before, here], origin);
            before = here;
        }
    }

    private void AddRequirements(VariableId variable)
    {
        var usable = CandidateBits.Usable(problem, variable);
        for (var candidate = 0; candidate < problem.CandidateCount(variable); candidate++)
        {
            if (!CandidateBits.Has(usable, candidate))
                continue;
            foreach (var requirement in problem.RequirementsOf(variable, candidate))
                AddRequirement(variable, candidate, requirement);
        }
    }

    private void AddRequirement(VariableId? source, int candidate, RequirementId requirement)
    {
        var target = problem.Target(requirement);
        var mayBeAbsent = problem.AllowsAbsence(requirement);
        if (mayBeAbsent && (!IsReachable(target) || values[target].Length == 0))
            return;
        var clause = new List<Literal>();
        if (source is { } variable)
            clause.Add(!values[variable][candidate]);
        foreach (var condition in problem.Conditions(requirement))
        {
            if (IsReachable(condition.Extra) && values[condition.Extra].Length > 0)
                clause.Add(condition.Active ? !values[condition.Extra][0] : values[condition.Extra][0]);
            else if (condition.Active)
                return;
        }

        if (Satisfied(requirement) is { } holds)
            clause.Add(holds);
        Add(clause, new(source is null ? ClauseKind.Root : ClauseKind.Requirement, source, candidate, requirement));
    }

    /// <summary>The literal that implies that the requirement is satisfied; null where nothing can satisfy
    /// it.</summary>
    private Literal? Satisfied(RequirementId requirement)
    {
        if (satisfied.TryGetValue(requirement, out var known))
            return known;
        var literals = values[problem.Target(requirement)];
        var words = CandidateBits.Satisfying(problem, requirement);
        var alternatives = new List<Literal>();
        for (var candidate = 0; candidate < literals.Length - 1; candidate++)
        {
            if (CandidateBits.Has(words, candidate))
                alternatives.Add(literals[candidate]);
        }

        var any = alternatives.Count == literals.Length - 1;
        if (problem.AllowsAbsence(requirement))
            alternatives.Add(literals[^1]);
        Literal? holds = alternatives.Count switch
        {
            0 => null,
            1 => alternatives[0],
            _ when any && !problem.AllowsAbsence(requirement) => !literals[^1],
            _ => Formula.NewVariable().Positive,
        };
        if (alternatives.Count > 1 && (!any || problem.AllowsAbsence(requirement)))
            Add(
                [!holds!.Value, .. alternatives],
                new(ClauseKind.Satisfied, problem.Target(requirement), -1, requirement)
            );
        satisfied.Add(requirement, holds);
        return holds;
    }

    private void AddBound(SelectionBound bound)
    {
        var origin = new ClauseOrigin(ClauseKind.Bound);
        Literal[] before = [];
        foreach (var term in bound.Terms)
        {
            if (!IsReachable(term.Variable) || values[term.Variable].Length == 0)
                continue;
            var holds = Formula.NewVariable().Positive;
            foreach (var candidate in term.Candidates)
                Add([!values[term.Variable][candidate], holds], origin);
            if (before.Length == bound.Limit)
                Add(before.Length == 0 ? [!holds] : [!holds, !before[^1]], origin);
            var here = new Literal[Math.Min(before.Length + 1, bound.Limit)];
            for (var j = 0; j < here.Length; j++)
            {
                here[j] = Formula.NewVariable().Positive;
                if (j < before.Length)
                    Add([!before[j], here[j]], origin);
                Add(j == 0 ? [!holds, here[j]] : [!holds, !before[j - 1], here[j]], origin);
            }

            before = here;
        }
    }

    private Literal InSet(SelectionTerm term, SelectionNogood nogood)
    {
        var literals = values[term.Variable];
        if (term.Candidates.Count == 1)
            return term.AdmitsAbsence ? literals[^1] : literals[term.Candidates[0]];
        var inSet = Formula.NewVariable().Positive;
        var origin = new ClauseOrigin(ClauseKind.Theory, term.Variable, Nogood: nogood);
        var members = term.Candidates.Select(each => each < 0 ? literals.Length - 1 : each).ToHashSet();
        foreach (var member in members)
            Add([!literals[member], inSet], origin);
        Add([!inSet, .. members.Select(member => literals[member])], origin);
        // Follows from the others, but not by unit propagation, which proofs are checked with.
        Add([inSet, .. literals.Where((_, value) => !members.Contains(value))], origin);
        return inSet;
    }
}
