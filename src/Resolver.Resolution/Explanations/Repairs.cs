using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations;

/// <summary>Smallest changes after each of which there is a plan; every one is solved again on the whole problem before it is offered.</summary>
internal sealed class Repairs(Problem problem, IProblemText text, SolveBudget budget)
{
    private const int MostFixes = 8;

    /// <summary>Best first: what adds to the archive, then what allows more, then what drops a requirement.</summary>
    public IReadOnlyList<IReadOnlyList<FixAction>> Find(IReadOnlyList<Assumption> core)
    {
        var fixes = new List<IReadOnlyList<FixAction>>();
        foreach (var assumption in core.OrderBy(each => Rank(each, core)))
        {
            if (fixes.Count == MostFixes)
                break;
            if (Action(assumption, core) is { } action && budget.IsSatisfiable(RelaxedProblem.Without(problem, text, [assumption])))
                fixes.Add([action]);
        }
        if (fixes.Count == 0 && Together() is { } joint)
            fixes.Add(joint);
        return fixes;
    }

    private static int Rank(Assumption assumption, IReadOnlyList<Assumption> core) => assumption switch
    {
        // What nothing is required of goes first: another version of it is all that is missing, whereas another version
        // of what requires it would help only if it required less.
        Assumption.NoOthers each => core.OfType<Assumption.Requires>().Any(requires => requires.Source == each.Project) ? 1 : 0,
        Assumption.Unfit => 2,
        Assumption.Cycle => 3,
        _ => 4,
    };

    /// <summary>Several independent reasons: one fact of each core in turn is let go until nothing stands in the way, then what proved unnecessary is taken back.</summary>
    private List<FixAction>? Together()
    {
        var relaxed = new List<Assumption>();
        var actions = new List<(Assumption Assumption, FixAction Action)>();
        while (true)
        {
            var rest = RelaxedProblem.Without(problem, text, relaxed);
            if (budget.IsSatisfiable(rest))
                break;
            var core = new MinimalCore(rest, rest, budget);
            core.Find();
            if (core.Facts is not { } facts)
                return null;
            var choice = facts.Where(each => !relaxed.Contains(each)).OrderBy(each => Rank(each, facts)).FirstOrDefault(each => Action(each, facts) is not null);
            if (choice is null || relaxed.Count > 64)
                return null;
            relaxed.Add(choice);
            actions.Add((choice, Action(choice, facts)!));
        }
        foreach (var each in actions.ToList())
        {
            if (budget.IsSatisfiable(RelaxedProblem.Without(problem, text, actions.Where(other => other != each).Select(other => other.Assumption))))
                actions.Remove(each);
        }
        return [.. actions.Select(each => each.Action)];
    }

    private FixAction? Action(Assumption assumption, IReadOnlyList<Assumption> core) => assumption switch
    {
        Assumption.NoOthers each => Wanted(each.Project, core) is { } wanted ? new FixAction("add", wanted) : null,
        Assumption.Unfit each => Permission(text.ProjectOf(each.Project), each.Why),
        Assumption.Requires { Source: null } each => new FixAction("drop", text.TextOf(each.Id)),
        Assumption.Requires each => new FixAction("drop", $"{text.ProjectOf(each.Source!.Value)} {Versions(each)}: {text.TextOf(each.Id)}"),
        _ => null,
    };

    private static FixAction Permission(string project, string why) => why switch
    {
        "metadata" => new FixAction("declare", $"the metadata of {project}"),
        "requires-python" => new FixAction("use", $"another Python, for {project}"),
        "tags" => new FixAction("add", $"{project} in a form that fits this platform"),
        "pinned" => new FixAction("drop", $"the pin on {project}"),
        _ => new FixAction("allow", $"{project} ({why})"),
    };

    private string Versions(Assumption.Requires each)
    {
        var last = Math.Min(each.Last, problem.CandidateCount(each.Source!.Value) - 1);
        return each.First == last ? text.VersionOf(each.Source.Value, last) : $"{text.VersionOf(each.Source.Value, each.First)} to {text.VersionOf(each.Source.Value, last)}";
    }

    /// <summary>What the core asks of the project, all at once: <c>lib&gt;=2,&lt;3</c>. Null where no version can be all of it: there is nothing to add then.</summary>
    private string? Wanted(VariableId project, IReadOnlyList<Assumption> core)
    {
        var name = text.ProjectOf(project);
        var bounds = core.OfType<Assumption.Requires>()
            .Where(each => problem.Target(each.Id) == project)
            .Select(each => text.BoundOf(each.Id))
            .Where(each => each.Length > 0).Distinct().ToList();
        if (bounds.Count == 0)
            return name;
        if (SpecifierSet.TryParse(string.Join(',', bounds)) is not { Success: true, Value: var set })
            return $"{name} {string.Join(" && ", bounds)}";
        return set.Ranges.IsEmpty ? null : $"{name}{set}";
    }
}
