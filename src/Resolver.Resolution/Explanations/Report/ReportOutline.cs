using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Report;

/// <summary>The lines of a report, from what is requested downwards.</summary>
/// <remarks>Clauses are told depth first along what they require, so that each line speaks of what was named before
/// it; what was told already is referred to by number. Where several lines require the same project and nothing meets
/// all of them, that is said last.</remarks>
internal sealed class ReportOutline
{
    private readonly Problem problem;
    private readonly IProblemText text;
    private readonly IReadOnlyList<Assumption> ordered;
    private readonly CoreClauses clauses;
    private readonly ReportWording wording;
    private readonly HashSet<(string Name, string Requirement)> inCycles;
    private readonly List<ReportLine> lines = [];
    private readonly Dictionary<VariableId, ReportLine> expanded = [];

    private ReportOutline(Problem problem, IProblemText text, IReadOnlyList<Assumption> ordered, bool showsPlaces)
    {
        (this.problem, this.text, this.ordered) = (problem, text, ordered);
        clauses = new CoreClauses(problem, text, ordered);
        wording = new ReportWording(problem, text, clauses, showsPlaces);
        var facts = new ReportedFacts(problem, text);
        inCycles =
        [
            .. ordered
                .OfType<Assumption.Cycle>()
                .SelectMany(facts.StepsOf)
                .Select(each => (each.Name, each.Requirement)),
        ];
    }

    /// <summary>The lines.</summary>
    /// <param name="ordered">The core, as <see cref="ReportedFacts.Ordered"/> has it.</param>
    /// <param name="supposed">The text of a root that is no request but a supposition; null: none.</param>
    /// <param name="showsPlaces">Whether files are named.</param>
    public static IReadOnlyList<ReportLine> Of(
        Problem problem,
        IProblemText text,
        IReadOnlyList<Assumption> ordered,
        string? supposed,
        bool showsPlaces
    )
    {
        var outline = new ReportOutline(problem, text, ordered, showsPlaces);
        outline.AddRoots(supposed);
        outline.AddRest();
        return outline.lines;
    }

    private void AddRoots(string? supposed)
    {
        var roots = ordered.OfType<Assumption.Requires>().Where(each => each.Source is null).ToList();
        var wishes = roots.FindAll(each => text.RoleOf(each.Id) != Role.Constraint);
        var requested = Requests(wishes.Where(each => !text.IsGiven(each.Id) && text.TextOf(each.Id) != supposed));
        var given = Requests(wishes.Where(each => text.IsGiven(each.Id)));
        var constraints = Requests(roots.Where(each => text.RoleOf(each.Id) == Role.Constraint));
        if (requested.Count == 0 && given.Count == 0 && supposed is not null)
            AddRoot(new ReportLine(0, new Phrase("", true)) { IsRoot = true }, wishes);
        if (requested.Count > 0)
            AddRoot(
                new ReportLine(0, new Phrase($"{Listing.And(requested)} {Are(requested)} requested", true))
                {
                    IsRoot = true,
                    Requested = Listing.And(requested),
                },
                wishes.Where(each => !text.IsGiven(each.Id))
            );
        if (given.Count > 0)
        {
            AddRoot(
                new ReportLine(0, new Phrase($"{Listing.And(given)} {Are(given)} in the batch", true))
                {
                    IsRoot = true,
                    IsBatch = true,
                },
                wishes.Where(each => text.IsGiven(each.Id))
            );
        }
        if (constraints.Count > 0)
            lines.Add(
                new ReportLine(
                    0,
                    new Phrase(
                        $"{(constraints.Count == 1 ? "a constraint requires" : "constraints require")} "
                            + $"{Listing.And(constraints)}",
                        false
                    )
                )
                {
                    IsRoot = true,
                }
            );
    }

    private void AddRoot(ReportLine line, IEnumerable<Assumption.Requires> roots)
    {
        lines.Add(line);
        Follow(line, [.. roots.Select(each => problem.Target(each.Id)).Distinct()]);
    }

    /// <summary>What no root of the core leads to, and the conclusion.</summary>
    private void AddRest()
    {
        foreach (
            var rest in clauses
                .All.Select(each => each.Source)
                .Distinct()
                .Where(each => !expanded.ContainsKey(each))
                .ToList()
        )
            Expand(rest, 1, lines.Count > 0 ? lines[^1] : new ReportLine(0, new Phrase("", true)));
        foreach (var cycle in ordered.OfType<Assumption.Cycle>())
            lines.Add(new ReportLine(0, wording.Cycle(cycle)) { IsConclusion = true });
        foreach (var project in clauses.Required.Where(each => !text.IsExtra(each)))
        {
            if (wording.Conclusion(project, ordered.OfType<Assumption.Unusable>()) is { } conclusion)
                lines.Add(new ReportLine(0, conclusion) { IsConclusion = true });
        }
        var number = 0;
        var referred = lines.SelectMany(each => each.SeeAlso).ToHashSet();
        foreach (var line in lines.Where(referred.Contains))
            line.Number = ++number;
    }

    /// <summary>What the targets of a line are in turn, below it; said in the line itself where nothing of one
    /// fits.</summary>
    private void Follow(ReportLine line, IReadOnlyList<VariableId> targets)
    {
        foreach (var target in targets.Where(each => !text.IsExtra(each)))
        {
            if (expanded.TryGetValue(target, out var known))
            {
                if (known != line)
                    line.SeeAlso.Add(known);
            }
            else if (IsEnd(target))
            {
                line.Ends.Add(wording.OnlyThere(target));
            }
            else
            {
                Expand(target, line.Depth + 1, line);
            }
        }
    }

    private void Expand(VariableId project, int depth, ReportLine parent)
    {
        if (expanded.ContainsKey(project))
            return;
        var first = lines.Count;
        expanded[project] = parent; // for cycles; corrected below
        foreach (var unusable in ordered.OfType<Assumption.Unusable>().Where(each => each.Project == project))
            lines.AddRange(
                wording.Unusable(unusable).Select(phrase => new ReportLine(depth, phrase) { IsUnusable = true })
            );
        foreach (
            var clause in clauses
                .All.Where(each => each.Source == project)
                .OrderByDescending(each => each.Candidates[^1])
                .ToList()
        )
        {
            var name = text.ProjectOf(project);
            var line = new ReportLine(depth, wording.Requirement(clause))
            {
                IsInCycle = clause.Texts.All(each => inCycles.Contains((name, each))),
            };
            if (lines.Count == first)
                expanded[project] = line;
            lines.Add(line);
            Follow(line, clause.Targets);
        }
        if (lines.Count == first)
            expanded.Remove(project);
    }

    /// <summary>Whether nothing of the project fits, and one requirement alone is on it: else there is more to
    /// say.</summary>
    private bool IsEnd(VariableId project) =>
        clauses.IsClosed(project)
        && clauses.Relevant(project).Count == 0
        && clauses.Asking(project).Select(text.TextOf).Distinct().Count() == 1;

    private List<string> Requests(IEnumerable<Assumption.Requires> facts) =>
        [.. facts.Select(each => text.RequestOf(each.Id)).Distinct()];

    private static string Are(List<string> items) => items.Count == 1 ? "is" : "are";
}
