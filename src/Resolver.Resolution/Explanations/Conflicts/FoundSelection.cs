using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Conflicts;

/// <summary>A selection of a relaxed problem, and what it asks of each project: what a search for another one starts
/// from. The index is made at the first question.</summary>
/// <remarks>It may hold what nothing needs any more, until the first question.</remarks>
internal sealed class FoundSelection
{
    private readonly RelaxedProblem problem;
    private readonly int[] chosen;
    private readonly List<RequirementId> allowingAbsence = [];
    private readonly HashSet<VariableId> conditional = [];
    private (VariableId Source, RequirementId Id, int Next)[]? requirements;
    private int[] first = [];

    public FoundSelection(RelaxedProblem problem, int[] chosen) => (this.problem, this.chosen) = (problem, chosen);

    public static FoundSelection Of(RelaxedProblem problem, Selection selection)
    {
        var chosen = new int[problem.VariableCount];
        chosen.AsSpan().Fill(-1);
        for (var i = 0; i < selection.Order.Count; i++)
            chosen[selection.Order[i].Index] = selection.CandidateAt(i);
        return new FoundSelection(problem, chosen);
    }

    /// <summary>Indexed by variable: its candidate, or -1. Variables beyond are absent.</summary>
    public ReadOnlySpan<int> Chosen => chosen;

#pragma warning disable CA1043 // a selection is an array over variables; their type is not int on purpose
    public int this[VariableId variable] => variable.Index < chosen.Length ? chosen[variable.Index] : -1;
#pragma warning restore CA1043

    /// <summary>Requirements of chosen candidates that also hold where their target is absent.</summary>
    public IReadOnlyList<RequirementId> AllowingAbsence
    {
        get
        {
            Index();
            return allowingAbsence;
        }
    }

    /// <summary>Variables whose requirements hang on what else is chosen: extras that are active, projects of which
    /// one is, and those that need something only without an extra.</summary>
    public IReadOnlySet<VariableId> Conditional
    {
        get
        {
            Index();
            return conditional;
        }
    }

    public bool IsConditional(VariableId variable) => Conditional.Contains(variable);

    /// <summary>What chosen candidates require of the project, whether the conditions hold or not.</summary>
    public IEnumerable<(VariableId Source, RequirementId Id)> RequirementsOn(VariableId project)
    {
        Index();
        if (project.Index >= first.Length)
            yield break;
        for (var i = first[project.Index]; i >= 0; i = requirements![i].Next)
            yield return (requirements![i].Source, requirements[i].Id);
    }

    /// <summary>Whether every condition of a requirement holds: the extras are selected, or are not.</summary>
    public bool Holds(RequirementId id)
    {
        foreach (var condition in problem.Conditions(id))
        {
            if (this[condition.Extra] >= 0 != condition.Active)
                return false;
        }
        return true;
    }

    private void Index()
    {
        if (requirements is not null)
            return;
        requirements = new (VariableId, RequirementId, int)[Math.Max(16, chosen.Length)];
        first = new int[problem.VariableCount];
        first.AsSpan().Fill(-1);
        var count = 0;
        var reached = new bool[chosen.Length];
        var open = new Stack<VariableId>();
        foreach (var root in problem.Roots)
            Reach(root);
        while (open.TryPop(out var source))
        {
            if (problem.IsExtra(source))
                conditional.Add(source);
            foreach (var id in problem.RequirementsOf(source, chosen[source.Index]))
            {
                Note(source, id);
                Reach(id);
            }
        }
        for (var v = 0; v < chosen.Length; v++)
        {
            if (!reached[v])
                chosen[v] = -1;
        }

        void Reach(RequirementId id)
        {
            if (problem.AllowsAbsence(id))
                return;
            if (!Holds(id))
                return;
            var target = problem.Target(id);
            if (this[target] < 0 || reached[target.Index])
                return;
            reached[target.Index] = true;
            open.Push(target);
        }

        void Note(VariableId source, RequirementId id)
        {
            var target = problem.Target(id).Index;
            if (target >= first.Length)
            {
                var before = first.Length;
                Array.Resize(ref first, problem.VariableCount);
                first.AsSpan(before).Fill(-1);
            }
            if (count == requirements.Length)
                Array.Resize(ref requirements, count * 2);
            requirements[count] = (source, id, first[target]);
            first[target] = count++;
            if (problem.AllowsAbsence(id))
                allowingAbsence.Add(id);
            foreach (var condition in problem.Conditions(id))
            {
                if (!condition.Active || this[condition.Extra] >= 0)
                    conditional.Add(source);
            }
        }
    }
}
