using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Report;

/// <summary>The requirements of a core merged for a reader: one requirement of several runs of versions, several
/// requirements of the same versions.</summary>
internal sealed class CoreClauses
{
    private readonly Problem problem;
    private readonly IProblemText text;
    private readonly HashSet<VariableId> closed;
    private readonly Dictionary<VariableId, List<RequirementId>> asking = [];
    private readonly Dictionary<VariableId, HashSet<int>> relevant = [];

    public CoreClauses(Problem problem, IProblemText text, IReadOnlyList<Assumption> ordered)
    {
        (this.problem, this.text) = (problem, text);
        closed = [.. ordered.OfType<Assumption.NoOthers>().Select(each => each.Project)];
        var requires = ordered.OfType<Assumption.Requires>().ToList();
        foreach (var each in requires)
        {
            var target = problem.Target(each.Id);
            if (!asking.TryGetValue(target, out var ids))
                asking.Add(target, ids = []);
            if (!ids.Contains(each.Id))
                ids.Add(each.Id);
        }
        All = Merged(requires.Where(each => each.Source is not null));
    }

    /// <summary>One clause for the same requirement of several runs, then one for the same versions with several
    /// requirements.</summary>
    public IReadOnlyList<Clause> All { get; }

    /// <summary>The projects that the core has requirements on, as they come.</summary>
    public IEnumerable<VariableId> Required => asking.Keys;

    /// <summary>What the core requires of the project.</summary>
    public IReadOnlyList<RequirementId> Asking(VariableId project) => asking.GetValueOrDefault(project) ?? [];

    /// <summary>Whether the core rests on there being no other candidates.</summary>
    public bool IsClosed(VariableId project) => closed.Contains(project);

    /// <summary>The candidates that something of the core asks for: of others nothing needs to be said.</summary>
    public IReadOnlySet<int> Relevant(VariableId project)
    {
        if (!relevant.TryGetValue(project, out var known))
            relevant.Add(project, known = FindRelevant(project));
        return known;
    }

    /// <summary>The candidates of a fact.</summary>
    public static IEnumerable<int> Run(Problem problem, Assumption.Requires fact) =>
        Enumerable.Range(
            fact.First,
            Math.Max(0, Math.Min(fact.Last, problem.CandidateCount(fact.Source!.Value) - 1) - fact.First + 1)
        );

    private List<Clause> Merged(IEnumerable<Assumption.Requires> requires)
    {
        var single = requires
            .GroupBy(each =>
                (
                    Source: each.Source!.Value,
                    Text: text.TextOf(each.Id),
                    Role: text.RoleOf(each.Id),
                    Extra: ExtraOf(each.Id)
                )
            )
            .Select(group => new Clause(
                group.Key.Source,
                [
                    .. group
                        .SelectMany(each => Run(problem, each))
                        .Distinct()
                        .Order()
                        .Where(Relevant(group.Key.Source).Contains),
                ],
                [text.RequiredAs(group.First().Id)],
                [.. group.Select(each => problem.Target(each.Id)).Distinct()],
                group.Key.Role,
                group.Key.Extra
            ));
        return
        [
            .. single
                .Where(each => each.Candidates.Count > 0)
                .GroupBy(each => (each.Source, each.Role, each.Extra, string.Join(' ', each.Candidates)))
                .Select(group =>
                    group.First() with
                    {
                        Texts = [.. group.SelectMany(each => each.Texts).Distinct()],
                        Targets = [.. group.SelectMany(each => each.Targets).Distinct()],
                    }
                ),
        ];
    }

    private HashSet<int> FindRelevant(VariableId project)
    {
        var count = problem.CandidateCount(project);
        var words = new ulong[(count + 63) / 64];
        foreach (var id in Asking(project).Where(id => !problem.AllowsAbsence(id)))
            problem.Satisfying(id, words);
        return [.. Enumerable.Range(0, count).Where(i => (words[i >> 6] >> i & 1) != 0)];
    }

    private string ExtraOf(RequirementId id)
    {
        var extras = new List<string>();
        foreach (var condition in problem.Conditions(id))
        {
            if (condition.Active)
                extras.Add(text.VersionOf(condition.Extra, 0));
        }
        return string.Join(',', extras);
    }
}

/// <summary>Candidates of a project (ascending, never none) that have the same requirements.</summary>
/// <param name="Texts">The requirements without their markers, which hold.</param>
/// <param name="Extra">The extras of the project through which they hold; empty for none.</param>
internal sealed record Clause(
    VariableId Source,
    IReadOnlyList<int> Candidates,
    IReadOnlyList<string> Texts,
    IReadOnlyList<VariableId> Targets,
    Role Role,
    string Extra
);
