using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Report;

/// <summary>The facts of a core in the order in which they are reported, and as data.</summary>
internal sealed class ReportedFacts(Problem problem, IProblemText text)
{
    private readonly CandidateText candidates = new(problem, text);

    /// <summary>Breadth first from the roots along the requirements of the core, so that every fact speaks of what
    /// was named before it; then cycles, what cannot be used, and that there is nothing else.</summary>
    public List<Assumption> Ordered(IReadOnlyList<Assumption> core)
    {
        var ordered = new List<Assumption>();
        var requires = core.OfType<Assumption.Requires>().ToList();
        var told = new HashSet<Assumption>();
        var queue = new Queue<VariableId>();
        var seen = new HashSet<VariableId>();
        foreach (var root in requires.Where(each => each.Source is null))
            Visit(root);
        while (queue.TryDequeue(out var project))
        {
            foreach (var each in requires.Where(each => each.Source == project).OrderBy(each => each.First))
                Visit(each);
        }
        requires.ForEach(Visit);
        ordered.AddRange(core.OfType<Assumption.Cycle>());
        ordered.AddRange(ByName(core.OfType<Assumption.Unusable>(), each => each.Project));
        ordered.AddRange(ByName(core.OfType<Assumption.NoOthers>(), each => each.Project));
        return ordered;

        void Visit(Assumption.Requires fact)
        {
            if (!told.Add(fact))
                return;
            ordered.Add(fact);
            if (seen.Add(problem.Target(fact.Id)))
                queue.Enqueue(problem.Target(fact.Id));
        }
    }

    /// <summary>The facts for a program; two cycles that differ only in which extra closes them read the same and are
    /// one.</summary>
    public List<Fact> Of(IEnumerable<Assumption> ordered) =>
        [
            .. ordered
                .Select(Of)
                .DistinctBy(
                    object (fact) =>
                        fact is Fact.BuildCycle cycle ? string.Join('\n', cycle.Steps.Select(each => each.Text)) : fact
                ),
        ];

    /// <summary>The requirements of a build dependency cycle; none where the nogood is about something else.</summary>
    public List<BuildCycleStep> StepsOf(Assumption.Cycle cycle)
    {
        if (cycle.Nogood.Certificate is not BuildCycle certificate)
            return [];
        return
        [
            .. certificate.Edges.Select(edge =>
                StepOf(
                    edge,
                    [.. cycle.Nogood.Terms.FirstOrDefault(each => each.Variable == edge.Source)?.Candidates ?? []]
                )
            ),
        ];
    }

    private BuildCycleStep StepOf(BuildEdge edge, IReadOnlyList<int> members)
    {
        var isShared = members.All(i => Requirements(edge.Source, i).Contains(text.TextOf(edge.Requirement)));
        // Other versions require the project in another way: what all of them require is the project.
        var (required, plain) = isShared
            ? (text.TextOf(edge.Requirement), text.PlainTextOf(edge.Requirement))
            : (Name(edge) + Condition(edge.Requirement), Name(edge));
        return new BuildCycleStep(
            text.ProjectOf(edge.Source),
            [.. members.Select(i => text.VersionOf(edge.Source, i)).Distinct()],
            candidates.Range(edge.Source, members),
            required,
            problem.IsBuildRequirement(edge.Requirement) ? Role.Build : Role.Runtime
        )
        {
            Required = plain,
        };
    }

    private string Name(BuildEdge edge) => text.ProjectOf(problem.Target(edge.Requirement));

    private IEnumerable<string> Requirements(VariableId project, int candidate) =>
        problem.RequirementsOf(project, candidate).ToArray().Select(text.TextOf);

    /// <summary>The extras through which a requirement holds, as a marker.</summary>
    private string Condition(RequirementId id)
    {
        var extras = problem
            .Conditions(id)
            .ToArray()
            .Select(each => $"extra {(each.Active ? "==" : "!=")} \"{text.VersionOf(each.Extra, 0)}\"")
            .ToList();
        return extras.Count == 0 ? "" : $"; {string.Join(" and ", extras)}";
    }

    private IEnumerable<T> ByName<T>(IEnumerable<T> facts, Func<T, VariableId> project) =>
        facts.OrderBy(each => text.ProjectOf(project(each)), StringComparer.Ordinal);

    private Fact Of(Assumption assumption) =>
        assumption switch
        {
            Assumption.Requires { Source: null } root => new Fact.Requires(
                null,
                [],
                text.TextOf(root.Id),
                text.RoleOf(root.Id)
            ),
            Assumption.Requires { Source: { } source } each => new Fact.Requires(
                text.ProjectOf(source),
                candidates.Versions(source, each.First, each.Last),
                text.TextOf(each.Id),
                text.RoleOf(each.Id)
            )
            {
                Files = candidates.Files(source, CoreClauses.Run(problem, each)),
            },
            Assumption.NoOthers each => new Fact.Candidates(text.ProjectOf(each.Project), candidates.All(each.Project))
            {
                Files = candidates.Files(each.Project, Enumerable.Range(0, problem.CandidateCount(each.Project))),
            },
            Assumption.Unusable each => Unusable(each),
            Assumption.Cycle { Nogood: { Certificate: FailedBuild failed, Terms: [var built, ..] } } =>
                new Fact.Unusable(
                    text.ProjectOf(built.Variable),
                    [.. built.Candidates.Select(i => text.VersionOf(built.Variable, i)).Distinct()],
                    "build",
                    failed.Reason
                )
                {
                    Files = candidates.Files(built.Variable, built.Candidates),
                },
            Assumption.Cycle each => new Fact.BuildCycle(StepsOf(each)),
            _ => throw new ArgumentOutOfRangeException(nameof(assumption)),
        };

    private Fact.Unusable Unusable(Assumption.Unusable unusable)
    {
        var ruledOut = Enumerable
            .Range(0, problem.CandidateCount(unusable.Project))
            .Where(i => text.WhyUnusable(unusable.Project, i)?.Kind == unusable.Kind)
            .ToList();
        return new Fact.Unusable(
            text.ProjectOf(unusable.Project),
            [.. ruledOut.Select(i => text.VersionOf(unusable.Project, i)).Distinct()],
            unusable.Kind.Word(),
            string.Join("; ", ruledOut.Select(i => text.WhyUnusable(unusable.Project, i)!.Detail).Distinct())
        )
        {
            Files = candidates.Files(unusable.Project, ruledOut),
        };
    }
}
