using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Report;

/// <summary>The clauses of a report.</summary>
/// <param name="showsPlaces">Whether files are named.</param>
internal sealed class ReportWording(Problem problem, IProblemText text, CoreClauses clauses, bool showsPlaces)
{
    private readonly CandidateText candidates = new(problem, text);
    private readonly ReportedFacts facts = new(problem, text);

    /// <summary><c>app 1.0, the only candidate, requires lib>=2</c>.</summary>
    public Phrase Requirement(Clause clause)
    {
        var extra = clause.Extra.Length > 0 ? $"[{clause.Extra}]" : "";
        var who = $"{text.ProjectOf(clause.Source)}{extra} {candidates.Range(clause.Source, clause.Candidates)}";
        var several = candidates.AreSeveral(clause.Source, clause.Candidates);
        var build = clause.Role == Role.Build;
        var place = build && !several && Place(clause.Source, clause.Candidates[^1]) is { } path ? $" ({path})" : "";
        return new Phrase(
            $"{who}{place}{Completeness(clause, several)} {(several ? "require" : "requires")} "
                + $"{Listing.And(clause.Texts)}{(build ? " to build" : "")}",
            StartsWithName: true
        )
        {
            Subject = clause.Source,
        };
    }

    /// <summary>Versions that cannot be used, by reason.</summary>
    public IEnumerable<Phrase> Unusable(Assumption.Unusable unusable)
    {
        var relevant = clauses.Relevant(unusable.Project);
        var ruledOut = Enumerable
            .Range(0, problem.CandidateCount(unusable.Project))
            .Where(i =>
                text.WhyUnusable(unusable.Project, i)?.Kind == unusable.Kind
                && (relevant.Count == 0 || relevant.Contains(i))
            )
            .GroupBy(i => text.WhyUnusable(unusable.Project, i)!.Detail);
        foreach (var group in ruledOut)
        {
            var several = candidates.AreSeveral(unusable.Project, group);
            var place =
                !several
                && unusable.Kind is UnusableKind.Metadata or UnusableKind.Tags or UnusableKind.Policy
                && Place(unusable.Project, group.Last()) is { } path
                && !group.Key.Contains(path, StringComparison.Ordinal)
                    ? $" ({path})"
                    : "";
            var pronoun =
                unusable.Kind is UnusableKind.Metadata or UnusableKind.Pinned ? ""
                : several ? "each "
                : "it ";
            yield return new Phrase(
                $"{text.ProjectOf(unusable.Project)} {candidates.Range(unusable.Project, [.. group])}{place} cannot "
                    + $"be used: {pronoun}{group.Key}",
                StartsWithName: true
            )
            {
                Subject = unusable.Project,
            };
        }
    }

    /// <summary>A build dependency cycle, or a build whose environment cannot be had.</summary>
    public Phrase Cycle(Assumption.Cycle cycle) =>
        cycle.Nogood is { Certificate: FailedBuild failed, Terms: [var built] }
            ? new Phrase(
                $"{text.ProjectOf(built.Variable)} {candidates.Range(built.Variable, [.. built.Candidates])} cannot "
                    + $"be used: it {failed.Reason}",
                StartsWithName: true
            )
            {
                Subject = built.Variable,
            }
            : new Phrase(
                $"there is a build dependency cycle: "
                    + $"{string.Join("; ", facts.StepsOf(cycle).Select(each => each.Text))}",
                StartsWithName: false
            );

    /// <summary>What there is of a project.</summary>
    public Phrase OnlyThere(VariableId project)
    {
        var count = problem.CandidateCount(project);
        var name = text.ProjectOf(project);
        if (count == 0 && text.PlacesWithoutVersion(project) is [var first, ..] files)
        {
            var more = files.Count > 1 ? $" and {files.Count - 1} more" : "";
            return new Phrase($"{name} is in the archive ({first}{more}), but its version is unknown", true)
            {
                IsSentence = true,
            };
        }
        if (count == 0)
            return new Phrase($"the archive has no {name}", false);
        var one = candidates.All(project).Count == 1;
        var place = one && Place(project, count - 1) is { } path ? $" ({path})" : "";
        return new Phrase(
            $"only {name} {candidates.Range(project, [.. Enumerable.Range(0, count)])}{place} {(one ? "is" : "are")} "
                + $"available",
            false
        );
    }

    /// <summary>That nothing meets all that is required of a project, where there are several requirements; null where
    /// that is no fact of the core, or was said.</summary>
    /// <param name="unusable">What the core says cannot be used.</param>
    public Phrase? Conclusion(VariableId project, IEnumerable<Assumption.Unusable> unusable)
    {
        var asked = clauses.Asking(project);
        if (asked.Select(text.TextOf).Distinct().Count() < 2)
            return null;
        var told = clauses.All.Where(each => each.Source == project).SelectMany(each => each.Candidates).ToHashSet();
        foreach (var fact in unusable.Where(each => each.Project == project))
            told.UnionWith(
                Enumerable
                    .Range(0, problem.CandidateCount(project))
                    .Where(i => text.WhyUnusable(project, i)?.Kind == fact.Kind)
            );
        if (clauses.Relevant(project) is { Count: > 0 } relevant && relevant.IsSubsetOf(told))
            return null;
        var name = text.ProjectOf(project);
        if (asked.All(text.IsGiven))
            return new Phrase($"only one version of {name} can be installed", false);
        var bounds = asked.Select(text.BoundOf).Where(each => each.Length > 0).Distinct().ToList();
        if (problem.CandidateCount(project) == 0 || bounds.Count < 2)
            return OnlyThere(project);
        var all = bounds.Count == 2 ? $"both {bounds[0]} and {bounds[1]}" : $"{Listing.And(bounds)} at once";
        if (
            SpecifierSet.TryParse(string.Join(',', bounds)) is { Success: true, Value: var set }
            && (set.IsUnsatisfiable || set.Ranges.IsEmpty)
        )
            return new Phrase($"no {name} is {all}", false);
        return told.Count > 0
            ? new Phrase($"no other available {name} is {all}", false)
            : new Phrase(
                $"{OnlyThere(project).Text}, "
                    + $"{(candidates.All(project).Count == 1 ? "which is not" : "none of which is")} {all}",
                false
            );
    }

    private string? Place(VariableId project, int candidate) =>
        showsPlaces ? candidates.Place(project, candidate) : null;

    /// <summary>Whether a clause speaks of everything there is: then nothing else needs to be looked at.</summary>
    private string Completeness(Clause clause, bool several)
    {
        if (!clauses.IsClosed(clause.Source) || clauses.Asking(clause.Source).Any(text.IsGiven))
            return "";
        if (clause.Candidates.Count == problem.CandidateCount(clause.Source))
            return several ? ", all candidates," : ", the only candidate,";
        return clauses.Relevant(clause.Source).SetEquals(clause.Candidates)
            ? several
                ? ", all that fit,"
                : ", the only one that fits,"
            : "";
    }
}
