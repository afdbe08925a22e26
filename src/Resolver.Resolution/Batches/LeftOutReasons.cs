using Resolver.Resolution.Candidates;
using Resolver.Resolution.Consistency;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Batches;

/// <summary>
/// Why versions of a batch were left out. Nearly all of them follow from arc consistency, without what is ordered
/// (impossible) or with it (a conflict), in one pass for all; for what is left the search is asked.
/// </summary>
internal sealed class LeftOutReasons
{
    /// <summary>A reason of more facts is cut short: nobody reads it.</summary>
    private const int MostFacts = 40;

    /// <summary>How many reasons the search is requested, which costs a problem each.</summary>
    private const int MostSearched = 100;

    /// <summary>Of how many projects the versions are weighed against each other; what many need comes
    /// first.</summary>
    private const int MostJudged = 200;

    private readonly CandidateProblem problem;
    private readonly ArcConsistency live;
    private readonly IReadOnlyList<BatchChoice> choices;
    private readonly LargestBatch largest;
    private readonly Func<IReadOnlyList<IReadOnlyList<Candidate>>, string?> search;
    private readonly Dictionary<int, List<int>> acceptedInPart;
    private readonly HashSet<VariableId> variables;
    private int searched;

    /// <param name="search">Why the last of these versions cannot be had together with the others; null where it can
    /// (or a limit came first).</param>
    public LeftOutReasons(
        CandidateProblem problem,
        IReadOnlyList<BatchChoice> choices,
        LargestBatch largest,
        Func<IReadOnlyList<IReadOnlyList<Candidate>>, string?> search
    )
    {
        (this.problem, this.choices, this.largest, this.search) = (problem, choices, largest, search);
        live = largest.Live;
        variables = [.. choices.Select(each => each.Variable)];
        acceptedInPart = Enumerable
            .Range(0, choices.Count)
            .Where(each => largest.Chosen[each] >= 0)
            .GroupBy(each => largest.PartOf[each])
            .ToDictionary(group => group.Key, group => group.ToList());
    }

    /// <summary>What the choice between versions of one project cost; those first that cost most.</summary>
    public IReadOnlyList<BatchCost> Costs { get; private set; } = [];

    /// <summary>Each version that is not ordered, with its reason.</summary>
    public List<LeftOut> Find()
    {
        var open = new List<(int Choice, int Version)>();
        var leftOut = new List<LeftOut>();
        for (var i = 0; i < choices.Count; i++)
        {
            for (var j = 0; j < choices[i].Versions.Count; j++)
            {
                if (largest.Chosen[i] == j)
                    continue;
                if (j < largest.Chosen[i])
                    Add(i, j, "older-version", $"{VersionOf(i, largest.Chosen[i])} is ordered instead");
                else if (choices[i].Versions[j].All(each => each.UnusableBecause is not null))
                    Add(i, j, "metadata-unknown", choices[i].Versions[j][0].UnusableBecause!);
                else if (!live.IsLive(choices[i].Variable, j + 1))
                    Add(i, j, "impossible", Told(i, j));
                else
                    open.Add((i, j));
            }
        }
        Costs = FindCosts();
        foreach (var (code, choice, version, reason) in Conflicts(open))
            Add(choice, version, code, reason);
        return leftOut;

        void Add(int choice, int version, string code, string reason)
        {
            foreach (var candidate in choices[choice].Versions[version])
                leftOut.Add(
                    new LeftOut(
                        candidate.Path ?? "",
                        candidate.Name.Normalized,
                        candidate.Version.ToString(),
                        code,
                        reason
                    )
                );
        }
    }

    private string VersionOf(int choice, int version) => choices[choice].Versions[version][0].Version.ToString();

    private string NameOf(int choice, int version) => $"{choices[choice].Name} {VersionOf(choice, version)}";

    /// <summary>What asks for exactly this version.</summary>
    private RequirementId RootOf(int choice, int version) =>
        problem.RequirementsOf(choices[choice].Variable, version + 1)[0];

    private IEnumerable<(string Code, int Choice, int Version, string Reason)> Conflicts(
        List<(int Choice, int Version)> open
    )
    {
        if (open.Count == 0)
            yield break;
        // Where a newer version was left out, what is ordered in its place excludes it at once, which is no reason.
        var start = live.Mark;
        var replaced = open.Where(each => largest.Chosen[each.Choice] >= 0).ToList();
        var projects = replaced.Select(each => each.Choice).ToHashSet();
        if (replaced.Count > 0)
            Require(each => !projects.Contains(each));
        foreach (var (choice, version) in replaced)
        {
            // What is ordered may be one project too many for it: then no single one of them is the reason.
            yield return (
                "conflict",
                choice,
                version,
                Cost(choice, version) is null && !IsLive(choice, version)
                    ? Told(choice, version)
                    : Replaced(choice, version)
            );
        }
        live.UndoTo(start);
        Require(_ => true);
        foreach (var (choice, version) in open.Where(each => !projects.Contains(each.Choice)))
        {
            if (IsLive(choice, version))
                yield return Searched(choice, version);
            else
                yield return ("conflict", choice, version, Told(choice, version));
        }
    }

    private void Require(Func<int, bool> counts)
    {
        for (var i = 0; i < choices.Count; i++)
        {
            if (largest.Chosen[i] >= 0 && counts(i))
                live.Require(RootOf(i, largest.Chosen[i]));
        }
    }

    /// <summary>Why the version cannot be, in the facts of its removal.</summary>
    private string Told(int choice, int version)
    {
        var root = RootOf(choice, version);
        var target = problem.Target(root);
        var removed = Enumerable
            .Range(0, problem.CandidateCount(target))
            .Where(each => live.Meets(root, each))
            .Select(each => (target, each));
        if (new RemovalFacts(problem, live, MostFacts).Of(root, removed) is { } facts)
            return new ConflictReport(problem, problem, facts).TellReason(problem.TextOf(root));
        return Short(choice, version);
    }

    /// <summary>The requirement that fails first, where everything that it rests on would be too much to say.</summary>
    private string Short(int choice, int version)
    {
        var root = RootOf(choice, version);
        var target = problem.Target(root);
        for (var i = problem.CandidateCount(target) - 1; i >= 0; i--)
        {
            if (!live.Meets(root, i))
                continue;
            var (cause, requirement, _, _) = live.RemovalOf(target, i);
            if (cause == ArcConsistency.Cause.Unsupported)
                return $"{NameOf(choice, version)} requires {problem.TextOf(requirement)}{(problem.IsBuildRequirement(requirement) ? " to build" : "")}, and no version of it that fits can be ordered";
        }
        return "it cannot be installed beside what is ordered";
    }

    private string Replaced(int choice, int version)
    {
        var ordered = VersionOf(choice, largest.Chosen[choice]);
        return Cost(choice, version) is var (cost, other)
            ? $"{ordered} is ordered instead: it excludes {Projects(cost)}, {VersionOf(choice, version)} would exclude {other}"
            : $"{ordered} is ordered instead: with {VersionOf(choice, version)} fewer projects, or older versions, could be ordered";
    }

    /// <summary>How many projects what is ordered excludes, and how many this version would, where those are
    /// more.</summary>
    private (int Ordered, int Other)? Cost(int choice, int version)
    {
        if (
            largest.Chosen[choice] < 0
            || Costs.FirstOrDefault(each => each.Name == choices[choice].Name.Normalized) is not { } cost
        )
            return null;
        var other = cost.Instead.FirstOrDefault(each => each.Version == VersionOf(choice, version));
        return other?.Excludes > cost.Excludes ? (cost.Excludes, other.Excludes) : null;
    }

    private static string Projects(int count) => count == 1 ? "1 project" : $"{count} projects";

    private (string, int, int, string) Searched(int choice, int version)
    {
        if (searched++ >= MostSearched)
            return ("conflict", choice, version, "it cannot be installed beside what is ordered");
        var given = choices[choice].Versions[version];
        // First by itself: a reason of its own is plainer than a conflict with others.
        if (search([given]) is { } own)
            return ("impossible", choice, version, own);
        var part = acceptedInPart.GetValueOrDefault(largest.PartOf[choice], []);
        var others = part.Where(each => each != choice).Select(each => choices[each].Versions[largest.Chosen[each]]);
        return (
            "conflict",
            choice,
            version,
            search([.. others, given]) ?? "it cannot be installed beside what is ordered"
        );
    }

    /// <summary>How many projects of the batch each version excludes, where the batch has several of one
    /// project that could be ordered.</summary>
    private List<BatchCost> FindCosts()
    {
        var costs = new List<BatchCost>();
        var judged = 0;
        for (var i = 0; i < choices.Count && judged < MostJudged; i++)
        {
            if (
                largest.Chosen[i] < 0
                || Enumerable.Range(0, choices[i].Versions.Count).Count(each => IsLive(i, each)) < 2
            )
                continue;
            judged++;
            var excluded = Excluded(i, largest.Chosen[i]);
            var others = new List<BatchCost.Alternative>();
            for (var j = choices[i].Versions.Count - 1; j >= 0; j--)
            {
                if (j != largest.Chosen[i] && IsLive(i, j))
                    others.Add(new BatchCost.Alternative(VersionOf(i, j), Excluded(i, j)));
            }
            // An older version that excludes something is no loss.
            if (excluded > 0 || largest.Chosen[i] < HighestLive(i))
                costs.Add(new BatchCost(choices[i].Name.Normalized, VersionOf(i, largest.Chosen[i]), excluded, others));
        }
        return [.. costs.OrderByDescending(each => each.Excludes).ThenBy(each => each.Name, StringComparer.Ordinal)];
    }

    private int HighestLive(int choice)
    {
        var version = choices[choice].Versions.Count - 1;
        while (!IsLive(choice, version))
            version--;
        return version;
    }

    private bool IsLive(int choice, int version) => live.IsLive(choices[choice].Variable, version + 1);

    /// <summary>How many projects of the batch cannot be ordered at any version together with this one.</summary>
    private int Excluded(int choice, int version)
    {
        var mark = live.Mark;
        live.Require(RootOf(choice, version));
        var count = live.RemovedSince(mark)
            .Where(variables.Contains)
            .Distinct()
            .Count(each => live.LiveCount(each) == 1); // to be left out is all there is
        live.UndoTo(mark);
        return count;
    }
}
