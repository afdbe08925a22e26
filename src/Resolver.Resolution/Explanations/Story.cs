using System.Text;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations;

/// <summary>A core told from what the user asked for downwards.</summary>
internal sealed class Story
{
    private readonly Problem problem;
    private readonly IProblemText text;
    private readonly List<Assumption> ordered = [];

    public Story(Problem problem, IProblemText text, IReadOnlyList<Assumption> core)
    {
        (this.problem, this.text) = (problem, text);
        Order(core);
        Facts = [.. ordered.Select(Public)];
    }

    /// <summary>The facts, roots first, each project's candidates behind the last requirement on it.</summary>
    public IReadOnlyList<Fact> Facts { get; }

    /// <summary>One line a fact, under a heading; a single sentence where there are few. That there is no other version goes into the line of
    /// what all of them need, where there is one.</summary>
    public string Tell()
    {
        var lines = ordered.Where(each => each is not Assumption.NoOthers closed || !ordered.Exists(other => Covers(other, closed))).Select(Sentence).ToList();
        if (lines.Count <= 3)
            return $"There is no plan: {string.Join(", ", lines.SkipLast(1))}{(lines.Count > 1 ? ", but " : "")}{lines[^1]}.";
        var told = new StringBuilder("There is no plan, because these cannot all hold:");
        foreach (var line in lines)
            told.Append("\n  - ").Append(line);
        return told.ToString();
    }

    /// <summary>The same as one line about something that is taken for granted: what asked for it is not said again, other roots are simply there.</summary>
    /// <param name="granted">The text of the root the line is about.</param>
    public string TellReason(string granted)
    {
        var lines = ordered
            .Where(each => each is not Assumption.NoOthers closed || !ordered.Exists(other => Covers(other, closed)))
            .Where(each => each is not Assumption.Requires { Source: null } root || text.TextOf(root.Id) != granted)
            .OrderBy(each => each is Assumption.Requires { Source: null })
            .Select(each => each is Assumption.Requires { Source: null } root && text.RoleOf(root.Id) == Role.Root ? $"{text.TextOf(root.Id)} is ordered" : Sentence(each));
        return string.Join("; ", lines);
    }

    /// <summary>Whether a requirement is one of everything that is known of the project.</summary>
    private bool Covers(Assumption fact, Assumption.NoOthers closed) =>
        fact is Assumption.Requires { First: 0 } requires && requires.Source == closed.Project && requires.Last >= problem.CandidateCount(closed.Project) - 1;

    /// <summary>Breadth first from the roots along the requirements of the core, so that every line speaks of what was named before it.</summary>
    private void Order(IReadOnlyList<Assumption> core)
    {
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
        foreach (var rest in requires)
            Visit(rest);
        foreach (var cycle in core.OfType<Assumption.Cycle>())
            ordered.Add(cycle);
        foreach (var unfit in core.OfType<Assumption.Unfit>().OrderBy(each => text.ProjectOf(each.Project), StringComparer.Ordinal))
            ordered.Add(unfit);
        foreach (var closed in core.OfType<Assumption.NoOthers>().OrderBy(each => text.ProjectOf(each.Project), StringComparer.Ordinal))
            ordered.Add(closed);

        void Visit(Assumption.Requires fact)
        {
            if (!told.Add(fact))
                return;
            ordered.Add(fact);
            if (seen.Add(problem.Target(fact.Id)))
                queue.Enqueue(problem.Target(fact.Id));
        }
    }

    private Fact Public(Assumption assumption) => assumption switch
    {
        Assumption.Requires { Source: null } root => new Fact.Requires(null, [], text.TextOf(root.Id), text.RoleOf(root.Id)),
        Assumption.Requires each => new Fact.Requires(text.ProjectOf(each.Source!.Value), Versions(each.Source.Value, each.First, each.Last), text.TextOf(each.Id), text.RoleOf(each.Id)),
        Assumption.NoOthers each => new Fact.Candidates(text.ProjectOf(each.Project), Versions(each.Project, 0, problem.CandidateCount(each.Project) - 1)),
        Assumption.Unfit each => new Fact.Unusable(text.ProjectOf(each.Project), UnfitVersions(each, out var detail), each.Why, detail),
        Assumption.Cycle each => new Fact.BuildCycle(CycleSteps(each)),
        _ => throw new ArgumentOutOfRangeException(nameof(assumption)),
    };

    private List<string> Versions(VariableId project, int first, int last) =>
        [.. Enumerable.Range(first, Math.Max(0, Math.Min(last, problem.CandidateCount(project) - 1) - first + 1)).Select(i => text.VersionOf(project, i)).Distinct()];

    private List<string> UnfitVersions(Assumption.Unfit unfit, out string detail)
    {
        detail = "";
        var versions = new List<string>();
        for (var i = 0; i < problem.CandidateCount(unfit.Project); i++)
        {
            if (text.WhyUnusable(unfit.Project, i) is { } reason && reason.Why == unfit.Why)
            {
                versions.Add(text.VersionOf(unfit.Project, i));
                detail = reason.Detail;
            }
        }
        return [.. versions.Distinct()];
    }

    private List<string> CycleSteps(Assumption.Cycle cycle) => cycle.Nogood.Certificate is BuildCycle certificate
        ? [.. certificate.Edges.Select(edge => $"{text.ProjectOf(edge.Source)} needs {text.TextOf(edge.Requirement)} {(problem.IsBuildRequirement(edge.Requirement) ? "to be built" : "to run")}")]
        : [];

    private string Sentence(Assumption assumption) => Public(assumption) switch
    {
        Fact.Requires { Name: null, Role: Role.Constraint } each => $"your constraints say {each.Requirement}",
        Fact.Requires { Name: null } each => $"you ask for {each.Requirement}",
        Fact.Requires each => $"{each.Name} {Range(each.Versions)}{AllThereIs(assumption, each.Versions.Count)} needs {each.Requirement}{(each.Role == Role.Build ? " to be built" : "")}",
        Fact.Candidates { Versions.Count: 0 } each => $"there is no {each.Name} in the archive",
        Fact.Candidates each => $"of {each.Name} there is only {Range(each.Versions)}",
        Fact.Unusable { Why: "metadata" } each => $"{each.Name} {Range(each.Versions)} cannot be used: {each.Detail}",
        Fact.Unusable each => $"{each.Name} {Range(each.Versions)} cannot be used: it {each.Detail}",
        Fact.BuildCycle each => $"the builds wait for each other: {string.Join("; ", each.Steps)}",
        _ => throw new ArgumentOutOfRangeException(nameof(assumption)),
    };

    private string AllThereIs(Assumption assumption, int count) =>
        ordered.OfType<Assumption.NoOthers>().Any(closed => Covers(assumption, closed)) ? count == 1 ? ", the only one there is," : ", all there are," : "";

    /// <summary>Few versions by name, many as first to last.</summary>
    internal static string Range(IReadOnlyList<string> versions) => versions.Count switch
    {
        0 => "",
        <= 3 => string.Join(", ", versions),
        _ => $"{versions[0]} to {versions[^1]} ({versions.Count} versions)",
    };
}
